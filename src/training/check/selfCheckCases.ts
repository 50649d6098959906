import type { EnergySite, MeasureId } from '../../energy/ids';
import { convolutionLayer, pooledSize } from '../../network/convolution';
import type { HiddenSpec, NetworkSpec, PathSpec } from '../../network/spec';

/** Networks of a kind that an engine is checked on, side by side as two models of one group. */
export interface SelfCheckCase {
  id: string;
  /** The kind of layers in words, for the visitor. */
  label: string;
  /** Two networks that differ in widths where their kind allows it, so that widths below capacity are met. */
  specs: readonly [NetworkSpec, NetworkSpec];
  measure: MeasureId;
  site: EnergySite;
  /** Pixels per row of an image. */
  width: number;
  channels: number;
  /** Images are shifted as augmentation does. */
  shifted: boolean;
}

const elementwise = (width: number, more: Partial<HiddenSpec> = {}): HiddenSpec => ({
  width,
  o: 'off',
  psi: 'off',
  ...more,
});
const isotropic = (width: number): HiddenSpec => ({ width, o: 'trained', psi: 'decay' });

const paths = (parts: PathSpec[], more: Partial<HiddenSpec> = {}): HiddenSpec =>
  elementwise(
    parts.reduce((sum, { width }) => sum + width, 0),
    { paths: parts, ...more },
  );
const path = (
  width: number,
  activation: PathSpec['activation'],
  from: PathSpec['from'] = null,
): PathSpec => ({
  width,
  activation,
  from,
});

/** Images of 9 × 7 pixels: neither side is a multiple of a tile. */
const WIDTH = 9;
const HEIGHT = 7;
const PIXELS = WIDTH * HEIGHT;
const OUTPUTS = 5;

const dense = (activation: NetworkSpec['activation'], hidden: HiddenSpec[]): NetworkSpec => ({
  inputs: PIXELS,
  outputs: OUTPUTS,
  activation,
  hidden,
});

function convolutions(): HiddenSpec[] {
  const first = { inChannels: 1, inHeight: HEIGHT, inWidth: WIDTH, channels: 3, activation: 'relu' } as const;
  const { height, width } = pooledSize(first);
  const second = {
    inChannels: 3,
    inHeight: height,
    inWidth: width,
    channels: 5,
    activation: 'tanh',
  } as const;
  return [convolutionLayer(first), convolutionLayer(second)];
}

const plain = { measure: 'mean-square', site: 'post', width: WIDTH, channels: 1, shifted: false } as const;

/** A tiny network of each layer kind that an engine holds; all sizes are odd. */
export const SELF_CHECK_CASES: readonly SelfCheckCase[] = [
  {
    ...plain,
    id: 'isotropic',
    label: 'isotropic layers with o and ψ',
    specs: [
      dense('isotropic-tanh', [isotropic(13), isotropic(7)]),
      dense('isotropic-tanh', [isotropic(9), isotropic(11)]),
    ],
  },
  {
    ...plain,
    id: 'elementwise',
    label: 'elementwise layers, with energy on pre-activations',
    measure: 'l1',
    site: 'pre',
    specs: [dense('relu', [elementwise(13)]), dense('tanh', [elementwise(17)])],
  },
  {
    ...plain,
    id: 'normalised',
    label: 'normalised layers',
    measure: 'sum-square',
    specs: [
      dense('relu', [elementwise(11, { normalise: true }), elementwise(5, { normalise: true })]),
      dense('tanh', [elementwise(9, { normalise: true }), elementwise(7, { normalise: true })]),
    ],
  },
  {
    ...plain,
    id: 'paths',
    label: 'parallel paths, added and multiplied',
    specs: [0.5, -0.7].map((mu) =>
      dense('relu', [
        paths([path(7, 'relu'), path(7, 'softplus'), path(7, 'sigmoid')], {
          merge: { kind: 'add', coefficients: [1, -1, mu] },
        }),
        paths([path(5, 'half-square'), path(5, 'tanh')], { merge: { kind: 'multiply', offsets: [0.3, 1] } }),
      ]),
    ) as [NetworkSpec, NetworkSpec],
  },
  {
    ...plain,
    id: 'convolution',
    label: 'convolutions with pooling, under an isotropic layer',
    shifted: true,
    specs: [
      dense('isotropic-tanh', [...convolutions(), isotropic(7)]),
      dense('isotropic-tanh', [...convolutions(), isotropic(5)]),
    ],
  },
];
