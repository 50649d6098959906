import type { Network } from '../network/network';

/** Trained parameters with |θ| > threshold; θ of a trained o is log o, as it is kept. Counts the same ones as `parameterCount`. */
export function nonZeroParameters({ spec, parameters }: Network, threshold: number): number {
  const tensors = [...parameters.weights.map(({ data }) => data), ...parameters.biases];
  if (spec.activation === 'isotropic-tanh')
    spec.hidden.forEach(({ o, psi }, l) => {
      if (o === 'trained') tensors.push(Float64Array.of(Math.log(parameters.o[l])));
      if (psi === 'trained' || psi === 'decay') tensors.push(parameters.psi[l]);
    });
  return tensors.reduce((sum, values) => sum + values.filter((v) => Math.abs(v) > threshold).length, 0);
}
