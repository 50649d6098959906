import { NETWORK_LIMITS, type ConvolutionSpec, type HiddenSpec, type NetworkSpec } from './spec';

/** The planes of a sample, [channel][y][x]: what the first convolution reads. */
export interface Planes {
  channels: number;
  height: number;
  width: number;
}

/** Rows and columns after 2×2 pooling; an odd last one is left out. */
export function pooledSize({ inHeight, inWidth }: ConvolutionSpec): { height: number; width: number } {
  return { height: Math.floor(inHeight / 2), width: Math.floor(inWidth / 2) };
}

/** Units of a convolution stage: channels·⌊h/2⌋·⌊w/2⌋. */
export function convolutionUnits(stage: ConvolutionSpec): number {
  const { height, width } = pooledSize(stage);
  return stage.channels * height * width;
}

/** Weights of one kernel: 9 per plane below. */
export const kernelSize = ({ inChannels }: ConvolutionSpec): number => 9 * inChannels;

/** The hidden layer that a convolution stage is. */
export function convolutionLayer(stage: ConvolutionSpec): HiddenSpec {
  return { width: convolutionUnits(stage), o: 'off', psi: 'off', convolution: stage };
}

/** The stages of a network, from the input on; empty where it has none. */
export function convolutionStages({ hidden }: NetworkSpec): ConvolutionSpec[] {
  return hidden.flatMap(({ convolution }) => (convolution ? [convolution] : []));
}

/** Throws a sentence for people where the convolutions of a network do not fit together or with what is below. */
export function checkConvolutions({ inputs, hidden }: NetworkSpec): void {
  hidden.forEach((layer, l) => {
    const stage = layer.convolution;
    if (!stage) return;
    const name = `Hidden layer ${l + 1}`;
    if (l > 0 && !hidden[l - 1].convolution)
      throw new Error(`${name} is a convolution after a layer that is none: convolutions come first.`);
    if (layer.paths || layer.o !== 'off' || layer.psi !== 'off')
      throw new Error(`${name} is a convolution: it can have neither paths nor o nor ψ.`);
    const below = l > 0 ? hidden[l - 1].convolution : undefined;
    const sizes = [stage.inChannels, stage.inHeight, stage.inWidth, stage.channels];
    if (
      !sizes.every((size) => Number.isInteger(size) && size >= 1) ||
      stage.channels > NETWORK_LIMITS.maxChannels
    )
      throw new Error(
        `${name}: a convolution needs whole sizes and 1 to ${NETWORK_LIMITS.maxChannels} channels, not ${sizes.join(', ')}.`,
      );
    if (stage.inHeight < 2 || stage.inWidth < 2)
      throw new Error(
        `${name}: pictures of ${stage.inWidth} × ${stage.inHeight} are too small to pool once more.`,
      );
    const expected = below
      ? [below.channels, pooledSize(below).height, pooledSize(below).width]
      : [stage.inChannels, stage.inHeight, inputs / (stage.inChannels * stage.inHeight)];
    const given = [stage.inChannels, stage.inHeight, stage.inWidth];
    if (given.some((size, k) => size !== expected[k]))
      throw new Error(`${name} reads ${given.join('×')}, what is below has ${expected.join('×')}.`);
    if (layer.width !== convolutionUnits(stage))
      throw new Error(`${name} has ${layer.width} units, its convolution ${convolutionUnits(stage)}.`);
  });
}
