/** What looks show, under every measure before and after the activation, for compiled.spec.ts. */
import type { EnergySite, MeasureId } from '../../energy/ids';
import { referenceEnergy } from '../../energy/loss';
import { gatherRange } from '../../data/gather';
import { referenceForward } from '../../network/reference';
import type { NetworkSpec } from '../../network/spec';
import { twoPathways } from '../../network/testing';
import type { Trains } from './trains';
import { disagreements, fixtureNetwork, randomData, randomState } from '../check/fixtures';
import { normalised, stages } from './layerKinds';

/** `observe` sees what the reference sees, in chunks, and leaves training where it was. */
export async function observes(engine: Trains): Promise<string[]> {
  const data = randomData(30, 3, 703);
  const wrong: string[] = [];
  const near = (what: string, got: number, want: number, tolerance = 1e-4): void => {
    if (!(Math.abs(got - want) <= tolerance * Math.abs(want) + 1e-5))
      wrong.push(`${what}: ${got} for ${want}`);
  };
  const isotropic = fixtureNetwork(30, [7, 5], 3);
  const convolved: NetworkSpec = {
    inputs: 30,
    outputs: 3,
    activation: 'relu',
    hidden: [...normalised(stages([1, 6, 5], [5], 'relu')), { width: 5, o: 'off', psi: 'off' }],
  };
  const looks: [string, NetworkSpec, [MeasureId, EnergySite][]][] = [
    [
      'isotropic',
      isotropic,
      [
        ['mean-square', 'post'],
        ['hoyer-square', 'pre'],
      ],
    ],
    ['tanh', fixtureNetwork(30, [7, 5], 3, 'tanh'), [['l1', 'pre']]],
    [
      'relu',
      fixtureNetwork(30, [7, 5], 3, 'relu'),
      [
        ['active-count', 'post'],
        ['mean-square', 'pre'],
      ],
    ],
    ['paths', twoPathways(30, [5, 3, 4, 2], 3), [['sum-square', 'pre']]],
    [
      'convolution',
      convolved,
      [
        ['sum-square', 'post'],
        ['hoyer-square', 'post'],
        ['active-count', 'pre'],
      ],
    ],
  ];
  const x = new Float32Array(700 * 30);
  gatherRange(data, data.test, 3, 700, x);
  for (const [kind, spec, measured] of looks) {
    const state = randomState(spec, 2);
    const model = engine.createModel(state, data);
    const pass = referenceForward(state.network, x, 700);
    for (const [measure, site] of measured) {
      const seen = await model.observe('test', 3, 5000, measure, site);
      if (seen.n !== 700) wrong.push(`${seen.n} images`);
      const { energy, layers } = referenceEnergy(state.network, pass, measure, site);
      const name = `${kind} ${measure} ${site}`;
      near(`${name} E`, seen.energy, energy);
      layers.forEach((e, l) => near(`${name} E of layer ${l}`, seen.layerEnergy[l], e));
      pass.logits.forEach((v, i) => near(`${name} logit ${i}`, seen.logits[i], v, 2e-4));
      spec.hidden.forEach(({ width }, l) => {
        const means = new Float64Array(width);
        for (let b = 0; b < 700; b++) {
          let norm = 0;
          for (let j = 0; j < width; j++) {
            norm += pass.z[l][b * width + j] ** 2;
            means[j] += pass.h[l][b * width + j] ** 2 / 700;
          }
          near(`${name} ‖z‖² of image ${b}, layer ${l}`, seen.squaredNorms[l][b], norm);
        }
        means.forEach((v, j) =>
          near(`${name} mean square of unit ${j}, layer ${l}`, seen.unitMeanSquare[l][j], v),
        );
      });
    }
    const { parameters } = await model.exportNetwork();
    wrong.push(...disagreements(parameters, state.network.parameters, 1e-6));
    model.dispose();
  }
  return wrong.slice(0, 20);
}
