import type { Network } from '../network';
import { FileFault } from './safetensors';

/** The largest weight, bias or ψ: the engines compute in float32, where products of larger ones overflow. */
const LARGEST = 1e6;
/** The largest o: beyond, every activation of the layer is so near to 0 that float32 holds nothing of it. */
const LARGEST_O = 1e12;

/**
 * Throws a FileFault where a network holds numbers larger than the engines compute with in float32 (the command line, in float64, takes
 * them): a run from it would break down at its first step, whatever the learning rate.
 */
export function requireComputable({ parameters }: Network): void {
  const { weights, biases, psi, o } = parameters;
  const all = [
    ...weights.map(({ data }, l) => [`weight_parameters.${l}`, data] as const),
    ...biases.map((data, l) => [`bias_parameters.${l}`, data] as const),
    ...psi.map((data, i) => [`psi_parameters.${i}`, data] as const),
  ];
  for (const [name, data] of all) {
    const i = data.findIndex((value) => !(Math.abs(value) <= LARGEST));
    if (i >= 0)
      throw new FileFault(
        `${name} holds ${data[i].toPrecision(3)} at entry ${i}: the engines compute in float32, where products of such numbers overflow. Up to ±${LARGEST.toLocaleString('en-US')} is taken.`,
      );
  }
  const layer = o.findIndex((value) => value > LARGEST_O);
  if (layer >= 0)
    throw new FileFault(
      `o of hidden layer ${layer + 1} is ${o[layer].toPrecision(3)}: beyond ${LARGEST_O.toExponential(0)} every activation of the layer is so near to 0 that the engines hold nothing of it.`,
    );
}
