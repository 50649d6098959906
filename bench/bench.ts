/** Opens engines on a problem, checks that they do the same work, and times them by turns: in a page, or in Node. */
import { probeWebGpu } from '../src/training/webgpu/device';
import { wasmPeak } from './contestants/parsimony';
import { countDispatches } from '../src/machine/countDispatches';
import { flopsPerStep } from '../src/machine/flops';
import { problemOf, start, type Contestant, type EngineName, type Problem } from './problem';

/** What went to any GPU queue since the bench was made. */
const sent = { dispatches: 0, submits: 0 };

/** Counts what goes to GPU queues from now on, where there are any. */
function countSubmissions(): void {
  if (!('GPUQueue' in globalThis)) return;
  countDispatches(() => sent.dispatches++);
  // Bound anew on each call below, so the method is only passed on.
  const { submit } = GPUQueue.prototype; // eslint-disable-line @typescript-eslint/unbound-method
  GPUQueue.prototype.submit = function (buffers) {
    sent.submits++;
    submit.call(this, buffers);
  };
}

export interface Start {
  losses: number[];
  parameters: Float32Array[];
}

interface Entry {
  contestant: Contestant;
  problem: Problem;
}

let entries: Entry[] = [];
const norm = (a: Float32Array): number => Math.sqrt(a.reduce((sum, v) => sum + v * v, 0));
const apart = (a: Float32Array, b: Float32Array): number => norm(a.map((v, i) => v - b[i]));

/** Steps every engine takes before any is timed. */
const TRIAL = 10;
let judge: Start | null = null;

/**
 * What differs between an engine after its trial and the first one: the losses at the start and after 10 steps, and every
 * weight and bias norm-wise, each by more than 1e-3; or a tensor that has not moved.
 */
function differences(problem: Problem, own: Start, reference: Start): string[] {
  const wrong: string[] = [];
  for (const step of [0, TRIAL]) {
    const [a, b] = [own.losses[step], reference.losses[step]];
    if (!(Math.abs(a - b) <= 1e-3 * Math.abs(b))) wrong.push(`loss at step ${step}: ${a} for ${b}`);
  }
  const first = start(problem).flatMap(({ weights, biases }) => [weights, biases]);
  own.parameters.forEach((values, i) => {
    const expected = reference.parameters[i];
    if (!(apart(values, expected) <= 1e-3 * norm(expected))) wrong.push(`tensor ${i} is elsewhere`);
    if (!(apart(values, first[i]) > 0)) wrong.push(`tensor ${i} has not moved`);
  });
  return wrong;
}

/** Engines by name, as far as they are to be had where the bench runs. */
export type Makers = Partial<
  Record<EngineName, (problem: Problem, models: number, threads: number) => Promise<Contestant>>
>;

/** The bench of a page, or of this process: what it answers can be sent anywhere as JSON. */
export function makeBench(makers: Makers) {
  countSubmissions();
  return {
    probe: probeWebGpu,

    /** Opens an engine on a problem, takes the trial steps and says what differs from the engine opened first. */
    open: async (
      engine: EngineName,
      network: string,
      batch: number,
      models: number,
      threads: number,
      compare: boolean,
    ) => {
      const problem = problemOf(network, batch);
      const make = makers[engine];
      if (!make) throw new Error(`${engine} is not to be had here.`);
      const contestant = await make(problem, models, threads);
      entries.push({ contestant, problem });
      if (!compare) {
        await contestant.steps(1);
        await contestant.losses();
        return [];
      }
      await contestant.steps(TRIAL);
      const losses = await contestant.losses();
      const parameters = await contestant.parameters();
      // One more step tells the loss at step 10.
      await contestant.steps(1);
      losses.push(...(await contestant.losses()));
      const own = { losses, parameters };
      judge ??= own;
      return differences(problem, own, judge);
    },

    /** GFLOP/s this machine has at most in the WebAssembly engine's instruction set, on one thread. */
    peak: wasmPeak,

    /** Operations of one step of the entry's network, of one model. */
    flops: (index: number) =>
      flopsPerStep(entries[index].problem.state.network.spec, entries[index].problem.batch),

    /** One round of an engine: steps and a read-back at the end. */
    round: async (index: number, steps: number) => {
      const { contestant } = entries[index];
      const before = { ...sent };
      const from = performance.now();
      await contestant.steps(steps);
      const host = performance.now() - from;
      await contestant.losses();
      return {
        msPerStep: (performance.now() - from) / steps,
        hostMsPerStep: host / steps,
        dispatchesPerStep: (sent.dispatches - before.dispatches) / steps,
        submitsPerStep: (sent.submits - before.submits) / steps,
      };
    },

    clear: () => {
      entries.forEach(({ contestant }) => contestant.dispose());
      entries = [];
      judge = null;
    },
  };
}

export type Bench = ReturnType<typeof makeBench>;
