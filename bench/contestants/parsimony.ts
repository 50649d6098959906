import type { TrainingState } from '../../src/network/network';
import { openCompiled } from '../../src/training/webgpu/open';
import type { StepMetrics } from '../../src/training/engine';
import { openCompiledWasm } from '../../src/training/wasm/open';
import { CONTROLS, peerRows, type Contestant, type Problem } from '../problem';

export const complain = (message: string): never => {
  throw new Error(message);
};

/** Total loss of each row. */
export function totalLosses({ rows, columns, values }: StepMetrics): number[] {
  return Array.from({ length: rows }, (_, r) => values[r * columns] + values[r * columns + 2]);
}

/** Weights as peers keep them, [in, out] by peerRows, and biases. */
export function peerParameters(
  problem: Problem,
  { network }: Pick<TrainingState, 'network'>,
): Float32Array[] {
  const { weights, biases } = network.parameters;
  return weights.flatMap(({ rows, cols, data }, l) => {
    const own = peerRows(problem, l);
    const values = new Float32Array(rows * cols);
    for (let o = 0; o < rows; o++)
      for (let i = 0; i < cols; i++) values[i * rows + o] = data[o * cols + own[i]];
    return [values, Float32Array.from(biases[l])];
  });
}

/** Hands out indices of the batches, one after the other, round and round. */
export function batchDealer(problem: Problem): (count: number) => Uint32Array {
  let next = 0;
  return (count) => {
    const all = new Uint32Array(count * problem.batch);
    for (let k = 0; k < count; k++)
      all.set(problem.indices[next++ % problem.indices.length], k * problem.batch);
    return all;
  };
}

const engines = new Map<number, ReturnType<typeof openCompiledWasm>>();

function wasmEngine(threads: number): ReturnType<typeof openCompiledWasm> {
  let engine = engines.get(threads);
  if (!engine) engines.set(threads, (engine = openCompiledWasm(complain, { threads, steady: true })));
  return engine;
}

/** GFLOP/s of multiply-adds in registers alone on one thread, in the instruction set the engine uses here. */
export const wasmPeak = async (): Promise<number> => (await wasmEngine(1)).peakGflops();

/** The compiled WebAssembly engine, M models in one group, on this many threads. */
export async function compiledWasm(problem: Problem, models: number, threads: number): Promise<Contestant> {
  const engine = await wasmEngine(threads);
  if (engine.threads !== threads) complain(`${engine.threads} threads are to be had, not ${threads}.`);
  const group = engine.createGroup(
    Array.from({ length: models }, () => problem.state),
    problem.data,
  );
  const draw = batchDealer(problem);
  return {
    steps: (count) => group.train(draw(count), problem.batch, count, CONTROLS),
    losses: async () => totalLosses((await group.metrics())[models - 1]),
    parameters: async () => peerParameters(problem, await group.exportState(models - 1)),
    dispose: () => group.dispose(),
  };
}

let gpu: ReturnType<typeof openCompiled> | null = null;

/** The compiled engine, M models in one group. */
export async function compiled(problem: Problem, models: number): Promise<Contestant> {
  const engine = await (gpu ??= openCompiled(complain));
  const states = Array.from({ length: models }, () => problem.state);
  const group = engine.createGroup(states, problem.data, { rows: problem.batch });
  const draw = batchDealer(problem);
  return {
    steps: (count) => group.train(draw(count), problem.batch, count, CONTROLS),
    losses: async () => totalLosses((await group.metrics())[models - 1]),
    parameters: async () => peerParameters(problem, await group.exportState(models - 1)),
    dispose: () => group.dispose(),
  };
}

/** Gives the compiled engine's device back, where it was opened. */
export async function closeCompiled(): Promise<void> {
  (await gpu)?.dispose();
  gpu = null;
}
