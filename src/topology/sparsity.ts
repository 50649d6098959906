import { parameterCount, type Network } from '../network/network';
import type { NetworkSpec } from '../network/spec';
import { sparsifiable } from './sparsify';

/** What facts §3, Exp 5 calls zero. */
export const ZERO_THRESHOLD = 1e-4;

/**
 * Parameters with |θ| > `threshold`, of those `parameterCount` counts: weights, biases, trained ψ and, as they are trained, log o
 * (facts §3, Exp 5).
 */
export function nonZeroParameters({ spec, parameters }: Network, threshold = ZERO_THRESHOLD): number {
  let count = 0;
  const add = (values: Float64Array): void => {
    for (const value of values) if (Math.abs(value) > threshold) count++;
  };
  for (const w of parameters.weights) add(w.data);
  for (const b of parameters.biases) add(b);
  if (spec.activation !== 'isotropic-tanh') return count;
  spec.hidden.forEach(({ o, psi }, l) => {
    if (psi === 'trained' || psi === 'decay') add(parameters.psi[l]);
    if (o === 'trained' && Math.abs(Math.log(parameters.o[l])) > threshold) count++;
  });
  return count;
}

/** What full diagonalisation of every second weight matrix saves, in exact arithmetic. */
export interface ClosedForm {
  /** The weight matrices made diagonal. */
  diagonal: number[];
  /** Parameters that become 0: rows·cols − min(rows, cols) of each, k(n² − n) for k matrices of equal width n. */
  removed: number;
  /** All parameters of the network. */
  total: number;
  /** 100·removed/total; approaches 50 as equally wide networks deepen. */
  percent: number;
}

/** The closed form of facts §3, Exp 5, for a network of any widths and depth. */
export function closedForm(spec: NetworkSpec): ClosedForm {
  const diagonal = sparsifiable(spec);
  const total = parameterCount(spec);
  const removed = diagonal.reduce((sum, l) => {
    const [rows, cols] = [spec.hidden[l].width, spec.hidden[l - 1].width];
    return sum + rows * cols - Math.min(rows, cols);
  }, 0);
  return { diagonal, removed, total, percent: total > 0 ? (100 * removed) / total : 0 };
}

/** The calculator: `depth` hidden layers of `width` units each, o and ψ trained as in the paper; any depth. */
export function uniformClosedForm(of: {
  inputs: number;
  width: number;
  depth: number;
  outputs: number;
}): ClosedForm {
  const { inputs, width, depth, outputs } = of;
  return closedForm({
    inputs,
    outputs,
    activation: 'isotropic-tanh',
    hidden: Array.from({ length: depth }, () => ({ width, o: 'trained', psi: 'decay' })),
  });
}
