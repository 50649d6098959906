/** Layers the pairwise cases do not reach: convolutions, normalisation, E on pre-activations, and the architectures on real pictures. */
import { convolutionLayer, pooledSize } from '../../network/convolution';
import type { ConvolutionSpec, HiddenSpec, NetworkSpec } from '../../network/spec';
import { dividedLayer } from '../../network/testing';
import type { Trains } from './trains';
import { compare, type How } from './pairwise';

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

/** A normalised convolution of one grey picture of 11×9, then a normalised layer. */
export const layersNormalised = (inputs: 99): NetworkSpec => ({
  inputs,
  outputs: 3,
  activation: 'tanh',
  hidden: normalised([...stages([1, 11, 9], [8], 'relu'), plain(9)]),
});

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

/** Two convolutions of odd grey pictures below an isotropic layer of 7 or of 13 units. */
export const greyNetworks = (): NetworkSpec[] =>
  [7, 13].map((width) => ({
    inputs: 99,
    outputs: 3,
    activation: 'isotropic-tanh',
    hidden: [...stages([1, 11, 9], [5, 6], 'relu'), plain(width, { o: 'trained', psi: 'decay' })],
  }));

/** Two convolutions of odd pictures of one and of three channels, what follows dense and isotropic, elementwise or nothing. */
export async function convolutions(engine: Trains): Promise<string[]> {
  const colour = stages([3, 7, 6], [4, 9], 'tanh');
  const cases: Named[] = [
    ['grey, isotropic', greyNetworks(), how({ augment: 'shift', decayAll: true, optimiser: 'adamw' })],
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
  return compared(engine, cases);
}

/** Normalised layers, dense, side by side and multiplied, with paths of ½z², under E before and after the activation. */
export async function normalises(engine: Trains): Promise<string[]> {
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

async function compared(engine: Trains, cases: readonly Named[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [name, specs, settings] of cases)
    wrong.push(...(await compare(engine, specs, settings)).map((w) => `${name}: ${w}`));
  return wrong;
}
