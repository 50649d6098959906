/** The lab's tfjs engine: in a file of its own, since Node cannot load tfjs as it is packed, and the bench runs there too. */
import type { EngineModel } from '../../src/training/engine';
import { openWasm } from '../../src/training/tfjs/backends';
import { CONTROLS, type Contestant, type Problem } from '../problem';
import { batchDealer, complain, peerParameters, totalLosses } from './parsimony';

/** The lab's tfjs engine on wasm. */
export async function viaWasm(problem: Problem): Promise<Contestant> {
  const engine = await openWasm(complain);
  const model: EngineModel = engine.createModel(problem.state, problem.data);
  const draw = batchDealer(problem);
  return {
    steps: (count) => model.train(draw(count), problem.batch, count, CONTROLS),
    losses: async () => totalLosses(await model.metrics()),
    parameters: async () => peerParameters(problem, await model.exportState()),
    dispose: () => model.dispose(),
  };
}
