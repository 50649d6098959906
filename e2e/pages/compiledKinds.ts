/** Layers the pairwise cases do not reach: convolutions, normalisation, E on pre-activations, and the architectures on real pictures. */
import { convolutionLayer, pooledSize } from '../../src/network/convolution';
import type { ConvolutionSpec, HiddenSpec, NetworkSpec } from '../../src/network/spec';
import { dividedLayer } from '../../src/network/testing';
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import { disagreements, randomData, randomState } from '../../src/training/check/fixtures';
import { compare, type How } from './compiledCases';

const plain = (width: number, modes: Partial<HiddenSpec> = {}): HiddenSpec => ({
  width,
  o: 'off',
  psi: 'off',
  ...modes,
});

/** Convolution stages of these channels on planes [channel][y][x]. */
export function stages(
  [inChannels, inHeight, inWidth]: [number, number, number],
  channels: number[],
  activation: ConvolutionSpec['activation'],
): HiddenSpec[] {
  let planes = { inChannels, inHeight, inWidth };
  return channels.map((out) => {
    const stage = { ...planes, channels: out, activation };
    const { height, width } = pooledSize(stage);
    planes = { inChannels: out, inHeight: height, inWidth: width };
    return convolutionLayer(stage);
  });
}

export const normalised = (layers: HiddenSpec[]): HiddenSpec[] =>
  layers.map((layer) => ({ ...layer, normalise: true }));

const how = (patch: Partial<How>): How => ({
  lambda: 0.3,
  measure: 'mean-square',
  site: 'post',
  optimiser: 'adam',
  decayAll: false,
  batch: 13,
  augment: 'none',
  seed: 5,
  tiles: 'gpu',
  ...patch,
});

/** Two convolutions of odd pictures of one and of three channels, what follows dense and isotropic, elementwise or nothing. */
export async function convolutions(engine: CompiledEngine): Promise<string[]> {
  const isotropic = plain(7, { o: 'trained', psi: 'decay' });
  const gray = stages([1, 11, 9], [5, 6], 'relu');
  const colour = stages([3, 7, 6], [4, 9], 'tanh');
  const cases: Named[] = [
    [
      'grey, isotropic',
      [1, 2].map((k) => ({
        inputs: 99,
        outputs: 3,
        activation: 'isotropic-tanh',
        hidden: [...gray, { ...isotropic, width: 6 * k + 1 }],
      })),
      how({ augment: 'shift', decayAll: true, optimiser: 'adamw' }),
    ],
    [
      'colour, normalised',
      [{ inputs: 126, outputs: 4, activation: 'relu', hidden: normalised([...colour, plain(5)]) }],
      how({ measure: 'hoyer-square', batch: 37, seed: 6 }),
    ],
    [
      'colour, to the output, before activation',
      [{ inputs: 126, outputs: 4, activation: 'tanh', hidden: normalised(colour) }],
      how({ measure: 'hoyer-square', site: 'pre', optimiser: 'sgd', seed: 7, tiles: 'cpu' }),
    ],
  ];
  return [...(await compared(engine, cases)), ...(await moved(engine, cases[0][1]))];
}

/** A wider layer above convolutions moves their neighbours to new buffers; other convolutions cannot come in. */
async function moved(engine: CompiledEngine, [spec]: NetworkSpec[]): Promise<string[]> {
  const wrong: string[] = [];
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

/** Normalised layers, dense, side by side and multiplied, with paths of ½z², under E before and after the activation. */
export async function normalises(engine: CompiledEngine): Promise<string[]> {
  const beside = dividedLayer([
    [5, 'half-square', null],
    [6, 'relu', null],
  ]);
  const product = dividedLayer(
    [
      [7, 'half-square', 0],
      [7, 'sigmoid', 1],
      [7, 'tanh', null],
    ],
    { kind: 'multiply', offsets: [0.2, 1, 0.5] },
  );
  return compared(engine, [
    [
      'dense',
      [3, 9].map((width) => ({
        inputs: 6,
        outputs: 3,
        activation: width < 5 ? 'relu' : 'tanh',
        hidden: normalised([plain(13), plain(width)]),
      })),
      how({ measure: 'l1', seed: 8 }),
    ],
    [
      'divided',
      [{ inputs: 6, outputs: 3, activation: 'relu', hidden: normalised([beside, product, plain(4)]) }],
      how({ measure: 'active-count', seed: 9 }),
    ],
    [
      'divided, before activation',
      [{ inputs: 6, outputs: 3, activation: 'isotropic-tanh', hidden: [...normalised([beside]), product] }],
      how({ measure: 'l1', site: 'pre', seed: 10, optimiser: 'sgd', tiles: 'cpu' }),
    ],
  ]);
}

type Named = [string, NetworkSpec[], How];

async function compared(engine: CompiledEngine, cases: readonly Named[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, specs, settings] of cases)
    wrong.push(...(await compare(engine, specs, settings)).map((w) => `${name}: ${w}`));
  return wrong;
}
