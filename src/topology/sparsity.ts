import { isIsotropicActivation } from '../activations/lookup';
import type { Network } from '../network/network';

/** A parameter whose size is at most this counts as zero, as in the paper's sparsification experiment. */
export const ZERO_THRESHOLD = 1e-4;

/**
 * Counts the parameters with |θ| > `threshold`: weights, biases, trained ψ and, because that is what is trained, log o
 * (the parameters that `parameterCount` counts).
 */
export function nonZeroParameters({ spec, parameters }: Network, threshold = ZERO_THRESHOLD): number {
  let count = 0;
  const add = (values: Float64Array): void => {
    for (const value of values) if (Math.abs(value) > threshold) count++;
  };
  for (const w of parameters.weights) add(w.data);
  for (const b of parameters.biases) add(b);
  if (!isIsotropicActivation(spec.activation)) return count;
  spec.hidden.forEach(({ o, psi }, l) => {
    if (psi === 'trained' || psi === 'decay') add(parameters.psi[l]);
    if (o === 'trained' && Math.abs(Math.log(parameters.o[l])) > threshold) count++;
  });
  return count;
}
