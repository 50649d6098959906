import { initialNetwork } from './initialise';
import type { Network } from './network';
import { random } from './random';
import { hasPsi, type ActivationId, type OMode, type PsiMode } from './spec';

/** A small network with every parameter away from zero, and a probe batch: for tests only. */
export function example(options: {
  hidden: number[];
  inputs?: number;
  outputs?: number;
  activation?: ActivationId;
  o?: OMode;
  psi?: PsiMode;
  seed?: number;
  n?: number;
}): { network: Network; x: Float64Array; labels: Uint8Array; n: number } {
  const { inputs = 7, outputs = 4, seed = 1, n = 16 } = options;
  const rng = random(seed, 'example');
  const network = initialNetwork(
    {
      hidden: options.hidden,
      activation: options.activation ?? 'isotropic-tanh',
      oMode: options.o ?? 'trained',
      o: [0.3],
      psi: options.psi ?? 'trained',
      initialisation: 'xavier',
      seed,
    },
    inputs,
    outputs,
  );
  const { parameters, spec } = network;
  for (const bias of parameters.biases) for (let j = 0; j < bias.length; j++) bias[j] = 0.5 * rng.normal();
  spec.hidden.forEach((layer, l) => {
    if (!hasPsi(layer.psi)) return;
    for (let j = 0; j < parameters.psi[l].length; j++) parameters.psi[l][j] = 0.3 * rng.normal();
  });
  const x = Float64Array.from({ length: n * inputs }, () => rng.normal());
  const labels = Uint8Array.from({ length: n }, () => rng.integer(outputs));
  return { network, x, labels, n };
}
