/** The page of compiled.spec.ts on which the registry has three activations more: the compiled engine's kernels follow from it. */
import { NEW_ELEMENTWISE, NEW_ISOTROPIC } from '../../src/activations/testing';
import type { HiddenSpec, NetworkSpec } from '../../src/network/spec';
import { dividedLayer } from '../../src/network/testing';
import { fixtureNetwork } from '../../src/training/check/fixtures';
import { openDevice } from '../../src/training/webgpu/device';
import { CompiledEngine } from '../../src/training/webgpu/engine';
import { compare, type How } from '../../src/training/testing/pairwise';
import { normalised, stages } from '../../src/training/testing/layerKinds';

const [SWISH, BELL] = NEW_ELEMENTWISE;
const how = (patch: Partial<How>): How => ({
  ...{ lambda: 0.3, measure: 'mean-square', site: 'post', optimiser: 'adam', decayAll: false },
  ...{ batch: 13, augment: 'none', seed: 5, tiles: 'gpu' },
  ...patch,
});
const plain = (width: number): HiddenSpec => ({ width, o: 'off', psi: 'off' });
const dense = (activation: NetworkSpec['activation'], hidden: number[]): NetworkSpec =>
  fixtureNetwork(6, hidden, 3, activation);

/** Networks of one group, and how they are trained. Widths are odd, so that there are places beyond the units in use. */
const CASES: readonly [string, NetworkSpec[], How][] = [
  ['isotropic, whose scale can be 0', [dense(NEW_ISOTROPIC, [13, 7])], how({ measure: 'l1' })],
  [
    'isotropic kinds and an elementwise one in one group',
    [dense(NEW_ISOTROPIC, [13, 7]), dense('isotropic-tanh', [9, 5]), dense(SWISH, [7, 11])],
    how({ site: 'pre', seed: 6 }),
  ],
  ['slopes of z, values at 0', [dense(SWISH, [9]), dense(BELL, [13])], how({ measure: 'active-count' })],
  [
    'normalised',
    [SWISH, BELL].map((id) => ({ ...dense(id, []), hidden: normalised([plain(9), plain(13)]) })),
    how({ measure: 'l1', seed: 7, tiles: 'cpu' }),
  ],
  [
    'convolutions and paths',
    [
      {
        ...{ inputs: 99, outputs: 3, activation: BELL },
        hidden: [
          ...normalised(stages([1, 11, 9], [5], SWISH)),
          ...stages([5, 5, 4], [3], BELL),
          dividedLayer([
            [5, SWISH, null],
            [6, BELL, null],
          ]),
          plain(7),
        ],
      },
    ],
    how({ seed: 8 }),
  ],
];

const page = {
  names: () => CASES.map(([name]) => name),
  /** What is wrong in one case, in words. */
  check: async (index: number): Promise<string[]> => {
    const complaints: string[] = [];
    const gpu = await openDevice((message) => complaints.push(message));
    const info = { id: 'parsimony-webgpu', label: 'WebGPU (compiled)', adapter: gpu.adapter } as const;
    const engine = new CompiledEngine({ ...info, software: false }, gpu, () => gpu.device.destroy());
    const [, specs, settings] = CASES[index];
    const wrong = await compare(engine, specs, settings);
    engine.dispose();
    return [...wrong, ...complaints];
  },
};

export type NewActivationsPage = typeof page;
declare global {
  interface Window {
    newActivations: NewActivationsPage;
  }
}
window.newActivations = page;
