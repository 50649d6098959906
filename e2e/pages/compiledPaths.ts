/** Checks of parallel paths for compiled.spec.ts, of what the pairwise cases do not reach. */
import { referenceEnergy } from '../../src/energy/loss';
import { gatherRange } from '../../src/data/gather';
import { cloneTrainingState } from '../../src/network/network';
import { referenceForward } from '../../src/network/reference';
import type { Merge, NetworkSpec } from '../../src/network/spec';
import { dividedLayer, threePathways, twoPathways } from '../../src/network/testing';
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import {
  gradientOnlySettings,
  disagreements,
  fixtureNetwork,
  randomData,
  randomState,
} from '../../src/training/check/fixtures';
import { referenceSteps } from '../../src/training/check/referenceSteps';
import { compare } from '../../src/training/testing/pairwise';

const adam = gradientOnlySettings({
  lambda: 0.1,
  optimiser: { id: 'adam', learningRate: 1e-2, weightDecay: 0, decayAll: false, momentum: 0.9 },
});
/** Another measure, on pre-activations. */
const after = { ...adam, lambda: 0.01, measure: 'hoyer-square' as const, site: 'pre' as const };
const indices = (steps: number): Uint32Array =>
  Uint32Array.from({ length: 8 * steps }, (_, i) => (i * 5) % 64);

/** The pathways of BimodalTrue and Physics-Lagrangian, their numbers and what E is changed on the way: no plan is made anew. */
export async function mergesLive(engine: CompiledEngine): Promise<string[]> {
  const data = randomData(6, 3, 64);
  const wrong: string[] = [];
  const gate: Merge = { kind: 'multiply', offsets: [0, 1] };
  const networks: [string, NetworkSpec, number, Merge][] = [
    ['T − V + μC', threePathways(6, 13, 3, 0.7), 0, { kind: 'add', coefficients: [1, -1, 2.5] }],
    ['f·(1 + s)', twoPathways(6, [13, 7, 5, 5], 3, gate), 1, { kind: 'multiply', offsets: [0, 0.2] }],
  ];
  for (const [name, spec, layer, merge] of networks) {
    const states = [1, 2].map((seed) => randomState(spec, seed));
    const group = engine.createGroup(states, data);
    const shards = [...group.shards];
    const pipelines = shards.map((shard) => shard.pipelines);
    group.train(indices(6), 8, 6, adam);
    group.setMerge(1, layer, merge);
    group.train(indices(6), 8, 6, after);
    if (group.shards.some((shard, i) => shard !== shards[i])) wrong.push(`${name}: another plan`);
    const now = group.shards.map((shard) => shard.pipelines);
    if (now.some((all, i) => all.some((pipeline, k) => pipeline !== pipelines[i][k])))
      wrong.push(`${name}: other pipelines`);
    for (const [m, state] of states.entries()) {
      const half = referenceSteps(state, data, indices(6), 8, adam).state;
      const turned = cloneTrainingState(half);
      if (m === 1) turned.network.spec.hidden[layer].merge = merge;
      const expected = referenceSteps(turned, data, indices(6), 8, after).state;
      const { network } = await group.exportState(m);
      if (JSON.stringify(network.spec) !== JSON.stringify(turned.network.spec))
        wrong.push(`${name}: model ${m} is ${JSON.stringify(network.spec)}`);
      const apart = disagreements(network.parameters, expected.network.parameters, 1e-3, 1e-6);
      wrong.push(...apart.map((w) => `${name}, model ${m}: ${w}`));
    }
    wrong.push(...(await observed(name, group, data, layer)));
    group.dispose();
  }
  return wrong;
}

/** What a look shows of both models of a group, against the reference. */
async function observed(
  name: string,
  group: ReturnType<CompiledEngine['createGroup']>,
  data: ReturnType<typeof randomData>,
  layer: number,
): Promise<string[]> {
  const wrong: string[] = [];
  const looks = await group.observe('test', 0, 64, 'mean-square');
  const x = new Float32Array(64 * 6);
  gatherRange(data, data.test, 0, 64, x);
  for (const [m, look] of looks.entries()) {
    const network = await group.exportNetwork(m);
    const pass = referenceForward(network, x, 64);
    const { layers, energy } = referenceEnergy(network, pass, 'mean-square');
    const { width } = network.spec.hidden[layer];
    const near = (what: string, got: number, want: number): void => {
      if (!(Math.abs(got - want) <= 2e-4 * Math.abs(want) + 1e-5))
        wrong.push(`${name}, model ${m}, ${what}: ${got} for ${want}`);
    };
    near('E', look.energy, energy);
    layers.forEach((e, l) => near(`E of layer ${l}`, look.layerEnergy[l], e));
    pass.logits.forEach((v, i) => near(`logit ${i}`, look.logits[i], v));
    for (let j = 0; j < width; j++) {
      const squares = pass.h[layer].filter((_, i) => i % width === j).map((h) => h * h);
      near(`mean square of unit ${j}`, look.unitMeanSquare[layer][j], squares.reduce((a, b) => a + b) / 64);
    }
    const z = pass.z[layer].subarray(0, width);
    near(
      '‖z‖²',
      look.squaredNorms[layer][0],
      z.reduce((sum, v) => sum + v * v, 0),
    );
  }
  return wrong;
}

/**
 * Beyond 1,024 units together, where an invocation takes two vec4s, added and side by side; moves between buffers; and in
 * words what does not fit.
 */
export async function pathsWide(engine: CompiledEngine): Promise<string[]> {
  const wrong: string[] = [];
  const how = {
    lambda: 0.3,
    measure: 'l1' as const,
    site: 'post' as const,
    optimiser: 'adamw' as const,
    decayAll: true,
    batch: 3,
    augment: 'none' as const,
    seed: 3,
    tiles: 'gpu' as const,
  };
  const side = dividedLayer([
    [700, 'relu', null],
    [340, 'tanh', null],
  ]);
  const sum = dividedLayer(
    [
      [343, 'softplus', 0],
      [343, 'sigmoid', 1],
      [343, 'tanh', null],
    ],
    { kind: 'add', coefficients: [1, -1, 0.7] },
  );
  const wide: NetworkSpec = { inputs: 4, outputs: 2, activation: 'tanh', hidden: [side, sum] };
  wrong.push(...(await compare(engine, [wide], how, false)).map((w) => `wide: ${w}`));

  // A wider layer above moves everything to new buffers; other paths make a new plan.
  const data = randomData(6, 3, 64);
  const small = threePathways(6, 5, 3, 0.7);
  const model = engine.createGroup([randomState(small, 1), randomState(small, 2)], data);
  const before = await model.exportState(0);
  const wider = cloneTrainingState(
    randomState({ ...small, hidden: [small.hidden[0], { width: 40, o: 'off', psi: 'off' }] }),
  );
  model.importState(1, wider);
  const kept = (await model.exportState(0)).network.parameters;
  wrong.push(...disagreements(kept, before.network.parameters, 1e-7).map((w) => `moved: ${w}`));
  try {
    model.importState(0, randomState(twoPathways(6, [5, 3, 4, 2], 3)));
    wrong.push('other paths beside a neighbour were taken');
  } catch (error) {
    if (!String(error).includes('share their parallel paths')) wrong.push(String(error));
  }
  model.dispose();
  const other = randomState(twoPathways(6, [5, 3, 4, 2], 3), 4);
  const alone = engine.createModel(randomState(fixtureNetwork(6, [9], 3)), data);
  alone.importState(other);
  const taken = (await alone.exportState()).network;
  wrong.push(
    ...disagreements(taken.parameters, other.network.parameters, 1e-6).map((w) => `other paths: ${w}`),
  );
  await alone.train(indices(1), 8, 1, adam);
  if ((await alone.metrics()).columns !== 8) wrong.push('no column per layer of paths');
  alone.dispose();
  return wrong;
}
