/** The GPU's own time of training, for compiled.spec.ts. */
import type { TrainingState } from '../../src/network/network';
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import type { GpuTime } from '../../src/training/engine';
import {
  gradientOnlySettings,
  fixtureNetwork,
  randomData,
  randomState,
} from '../../src/training/check/fixtures';

/** Browsers round timestamps to 100 µs. */
const QUANTUM = 0.1;
const BATCH = 32;

interface Trained {
  time: GpuTime | null;
  /** Milliseconds by the clock on the wall, from before the first submission until all was read. */
  wall: number;
  rows: number[];
  state: TrainingState;
  asked: GpuTime | null;
}

/** Three submissions of five steps, timed if the engine's own options are kept. */
async function trained(engine: CompiledEngine, timed: boolean): Promise<Trained> {
  const data = randomData(200, 10, 96);
  const states = [randomState(fixtureNetwork(200, [150, 100], 10), 4)];
  const group = engine.createGroup(states, data, timed ? {} : { timestamps: null });
  const indices = Uint32Array.from({ length: 5 * BATCH }, (_, i) => (7 * i) % 96);
  const started = performance.now();
  for (let i = 0; i < 3; i++) group.train(indices, BATCH, 5, gradientOnlySettings({ lambda: 0.1 }));
  const [{ values }] = await group.metrics();
  const wall = performance.now() - started;
  const time = group.gpuTime();
  const asked = group.gpuTime();
  const state = await group.exportState(0);
  group.dispose();
  return { time, wall, rows: [...values], state, asked };
}

/** Steps are timed where the device can, within the time that went by; the timing changes not a bit of what is learnt. */
export async function times(engine: CompiledEngine): Promise<string[]> {
  const timed = await trained(engine, true);
  const untimed = await trained(engine, false);
  const wrong: string[] = [];
  if (untimed.time) wrong.push('a time where none was asked for');
  if (timed.asked) wrong.push('the same time is told twice');
  const { time, wall } = timed;
  const can = engine.device.features.has('timestamp-query');
  console.log(can ? `GPU ${time?.milliseconds} ms of ${wall} ms` : 'no timestamp-query here');
  if (!can && time) wrong.push('a time without timestamps');
  if (can && !time) wrong.push('no time');
  if (time) {
    if (time.steps !== 15) wrong.push(`${time.steps} steps timed of 15`);
    if (!(time.milliseconds > 0 && time.milliseconds <= wall + QUANTUM))
      wrong.push(`${time.milliseconds} ms on the GPU in ${wall} ms`);
  }
  if (timed.rows.join() !== untimed.rows.join()) wrong.push('metrics differ with the timing');
  if (JSON.stringify(timed.state, plain) !== JSON.stringify(untimed.state, plain))
    wrong.push('weights differ with the timing');
  return wrong;
}

/** Typed arrays as arrays, for JSON. */
function plain(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as unknown as ArrayLike<number>) : value;
}
