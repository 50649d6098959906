/** What becomes of convolutions when the layer above them outgrows its buffers. */
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import { greyNetworks, stages } from '../../src/training/testing/layerKinds';
import { disagreements, randomData, randomState } from '../../src/training/check/fixtures';

/** A wider layer above convolutions moves their neighbours to new buffers; other convolutions cannot come in. */
export async function convolutionsMove(engine: CompiledEngine): Promise<string[]> {
  const wrong: string[] = [];
  const [spec] = greyNetworks();
  const group = engine.createGroup([randomState(spec, 1), randomState(spec, 2)], randomData(99, 3, 8));
  const before = await group.exportState(0);
  const wider = { ...spec, hidden: [...spec.hidden.slice(0, 2), { ...spec.hidden[2], width: 40 }] };
  group.importState(1, randomState(wider, 3));
  const kept = (await group.exportState(0)).network.parameters;
  wrong.push(...disagreements(kept, before.network.parameters, 1e-7).map((w) => `moved: ${w}`));
  try {
    const others = stages([1, 11, 9], [5, 7], 'relu');
    group.importState(0, randomState({ ...spec, hidden: [...others, spec.hidden[2]] }));
    wrong.push('other convolutions beside a neighbour were taken');
  } catch (error) {
    if (!String(error).includes('share their convolutions')) wrong.push(String(error));
  }
  group.dispose();
  return wrong;
}
