/** Measures the engines of this machine, on a thread of its own; ended by whoever opened it. */
import { errorMessage } from '../base/errorMessage';
import type { EngineId } from '../training/ids';
import { LAB_VERSION } from '../base/version';
import { ENGINE_OPENERS } from '../training/chooseEngine';
import type { Engine } from '../training/engine';
import { engineLabel } from '../training/engines';
import type { WasmEngine } from '../training/wasm/engine';
import { canShare, usefulThreads } from '../training/wasm/pool';
import { probeWebGpu } from '../training/webgpu/device';
import { measureProblem } from './measureProblem';
import { countDispatches } from './countDispatches';
import { problemOf } from './problem';
import type { MeasureCommand, MeasureEvent } from './protocol';
import { MACHINE_NETWORKS, SIDE_BY_SIDE, type MachineFacts, type MachineRow } from './results';

const post = (event: MeasureEvent): void => self.postMessage(event);

/** Commands that went to the graphics card since the worker was opened. */
let dispatches = 0;
countDispatches(() => (dispatches += 1));

/** An engine to measure; the WebAssembly engine once with one thread and once with all that are useful. */
interface Candidate {
  id: EngineId;
  threads: number | null;
}

function candidatesOf(engines: readonly EngineId[]): Candidate[] {
  return engines.flatMap((id): Candidate[] => {
    if (id !== 'parsimony-wasm') return [{ id, threads: null }];
    const most = canShare() ? usefulThreads() : 1;
    return most > 1
      ? [
          { id, threads: 1 },
          { id, threads: most },
        ]
      : [{ id, threads: 1 }];
  });
}

async function open({ id, threads }: Candidate): Promise<Engine> {
  // What an engine complains of on the way is told by the rows: they stop.
  const report = (): void => undefined;
  if (threads === null) return ENGINE_OPENERS[id](report);
  return (await import('../training/wasm/open')).openCompiledWasm(report, { threads });
}

type Threaded = Engine & Pick<WasmEngine, 'threads' | 'peakGflops'>;
const asWasm = (engine: Engine): Threaded | null =>
  engine.info.id === 'parsimony-wasm' ? (engine as Threaded) : null;

function blank(candidate: Candidate, network: string, batch: number, models: number): MachineRow {
  return {
    network,
    batch,
    engine: candidate.id,
    label: engineLabel(candidate.id),
    adapter: '',
    threads: candidate.threads,
    models,
    msPerStep: null,
    modelStepsPerSecond: null,
    gflops: null,
    peakShare: null,
    hostMsPerStep: null,
    gpuMsPerStep: null,
    dispatchesPerStep: null,
    rounds: 0,
    note: '',
  };
}

async function measured(engine: Engine, row: MachineRow, peak: number | null): Promise<MachineRow> {
  const problem = problemOf(row.network, row.batch);
  const before = dispatches;
  let steps = 0;
  const counting: Engine = Object.create(engine, {
    createGroup: {
      value: (...made: Parameters<Engine['createGroup']>) => {
        const group = engine.createGroup(...made);
        const train = group.train.bind(group);
        group.train = (indices, batch, count, controls) => {
          steps += count;
          return train(indices, batch, count, controls);
        };
        return group;
      },
    },
  }) as Engine;
  const { msPerStep, rounds, gflops, ...times } = await measureProblem(counting, problem, row.models);
  const threads = asWasm(engine)?.threads ?? null;
  return {
    ...row,
    ...times,
    adapter: engine.info.adapter,
    threads: threads ?? row.threads,
    msPerStep,
    rounds,
    gflops,
    modelStepsPerSecond: (row.models * 1000) / msPerStep,
    peakShare: threads && peak ? gflops / (peak * threads) : null,
    dispatchesPerStep: dispatches > before ? (dispatches - before) / steps : null,
  };
}

async function measureAll({ engines, networks }: MeasureCommand): Promise<void> {
  const facts: MachineFacts = {
    lab: LAB_VERSION,
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency,
    isolated: canShare(),
    graphics: (await probeWebGpu()).adapter,
    peakGflopsPerThread: null,
  };
  post({ type: 'facts', facts });
  const chosen = MACHINE_NETWORKS.filter(({ id }) => networks.includes(id));
  const candidates = candidatesOf(engines);
  const sizes = (id: EngineId, network: string): number[] =>
    id.startsWith('parsimony-') && network === MACHINE_NETWORKS[0].id ? [1, SIDE_BY_SIDE] : [1];
  const jobs = candidates.flatMap((candidate) =>
    chosen.map(({ id, batch }) => ({ candidate, network: id, batch, models: sizes(candidate.id, id) })),
  );
  const total = jobs.reduce((sum, { models }) => sum + models.length, 0);
  let done = 0;
  let peak: number | null = null;
  for (const candidate of candidates) {
    let engine: Engine | null = null;
    let why = '';
    try {
      engine = await open(candidate);
      const wasm = asWasm(engine);
      if (wasm && peak === null) {
        peak = wasm.peakGflops();
        post({ type: 'facts', facts: { ...facts, peakGflopsPerThread: peak } });
      }
    } catch (error) {
      why = errorMessage(error);
    }
    for (const { network, batch, models } of jobs.filter((job) => job.candidate === candidate))
      for (const count of models) {
        const row = blank(candidate, network, batch, count);
        const side = count > 1 ? `, ${count} side by side` : '';
        post({ type: 'progress', done, total, what: `${row.label} on ${network}${side}` });
        try {
          if (!engine) throw new Error(why);
          post({ type: 'row', row: await measured(engine, row, peak) });
        } catch (error) {
          post({
            type: 'row',
            row: { ...row, adapter: engine?.info.adapter ?? '', note: errorMessage(error) },
          });
        }
        done += 1;
      }
    engine?.dispose();
  }
  post({ type: 'done' });
}

self.onmessage = ({ data }: MessageEvent<MeasureCommand>) => void measureAll(data);
