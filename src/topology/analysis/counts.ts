import { layerWidths } from '../../network/network';
import { hasPsi, type NetworkSpec } from '../../network/spec';

/** The weight matrices of a network of so many hidden layers that can be diagonal at the same time: 1, 3, 5 … */
export function diagonalLayers(hiddenLayers: number): number[] {
  return Array.from({ length: hiddenLayers }, (_, l) => l).filter((l) => l % 2 === 1);
}

/**
 * Parameters that full diagonalisation of every second matrix sets to zero: m·n − min(m, n) each, so k·(n² − n)
 * for k matrices between layers of one width n.
 */
export function removedByDiagonalising(spec: NetworkSpec): number {
  const n = layerWidths(spec);
  return diagonalLayers(spec.hidden.length).reduce(
    (sum, l) => sum + n[l + 1] * n[l] - Math.min(n[l + 1], n[l]),
    0,
  );
}

/**
 * The closed form as a calculator: per cent of all parameters (weights, biases, ψ and o of every hidden layer) that are zero after
 * diagonalising every second matrix of `depth` hidden layers of `width` units. Tends to 50 % with depth and width.
 */
export function sparsityPercent(inputs: number, width: number, depth: number, outputs: number): number {
  const removed = diagonalLayers(depth).length * (width * width - width);
  const weights = inputs * width + (depth - 1) * width * width + width * outputs;
  const biases = depth * width + outputs;
  const psi = (depth - 1) * width + outputs;
  return (100 * removed) / (weights + biases + psi + depth);
}

/**
 * Multiplications of one image through an isotropic network layer by layer: m·n per matrix (min(m, n) where it is held as a
 * diagonal), ‖z‖² and s·z per hidden layer, s·ψ where ψ is in force. Sums, tanh and the root are not counted.
 */
export function layeredMultiplies(spec: NetworkSpec, diagonal: readonly number[] = []): number {
  const n = layerWidths(spec);
  let count = 0;
  for (let l = 0; l <= spec.hidden.length; l++)
    count += diagonal.includes(l) ? Math.min(n[l + 1], n[l]) : n[l + 1] * n[l];
  spec.hidden.forEach(({ width, psi }, l) => (count += 2 * width + (hasPsi(psi) ? n[l + 2] : 0)));
  return count;
}

/**
 * Multiplications of one image through a generalised isotropic perceptron. `parallel`: all A_l·x, and the inner products of each
 * with itself and with the constants; nothing in it waits for a scalar. `recursion`: the scalars one after the other, and the
 * logits they weigh (see precomputed.ts).
 */
export function precomputedMultiplies(spec: NetworkSpec): { parallel: number; recursion: number } {
  const n = layerWidths(spec);
  const depth = spec.hidden.length;
  let parallel = n[0] * n[depth + 1];
  let recursion = depth * n[depth + 1];
  for (let l = 0; l <= depth; l++) {
    // P_{k,l} = P_{k,l−1}·s_{l−1}; the newest is s_{l−1} itself.
    recursion += Math.max(0, l - 1);
    if (l === depth) break;
    parallel += n[0] * n[l + 1] + (l + 1) * n[l + 1];
    // ‖z_l‖² as a quadratic form in l + 1 weights, the last of which is 1.
    recursion += (l * l + 5 * l) / 2;
  }
  return { parallel, recursion };
}
