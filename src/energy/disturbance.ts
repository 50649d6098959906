import type { FloatArray } from '../network/linearAlgebra';
import { mergePathActivations } from '../network/merge';
import type { Network } from '../network/network';
import { seededRandom } from '../network/random';
import { activate, referenceAffine, crossEntropy, referenceForward } from '../network/reference';

/**
 * What is done to all hidden activations h before the next weights read them: `noise` adds independent normal numbers of standard
 * deviation `size` (absolute: the floor of a physical carrier); `quantisation` rounds to multiples of `size`.
 */
export type DisturbanceKind = 'noise' | 'quantisation';

/**
 * Scores of a network under a disturbance of one size: means over `draws` of the noise, and the standard deviations
 * between draws (0 where there is one draw).
 */
export interface DisturbedScores {
  size: number;
  accuracy: number;
  accuracyDeviation: number;
  crossEntropy: number;
  crossEntropyDeviation: number;
  draws: number;
}

/**
 * A network with the pre-activations of its first hidden layer on n images. No disturbance reaches these, so they are
 * computed once and used for all sizes.
 */
export interface CachedFirstLayer {
  network: Network;
  first: Float64Array;
  n: number;
}

/** Computes this part for n images x [n, inputs]. Throws where the network has no hidden layer. */
export function cacheFirstLayer(network: Network, x: FloatArray, n: number): CachedFirstLayer {
  if (network.spec.hidden.length === 0)
    throw new Error('A network without hidden layers has no activations to disturb.');
  return { network, first: referenceForward(network, x, n).z[0], n };
}

/** Logits [n, outputs] with the activations of each hidden layer put through `disturb` (in place) before they are read. */
export function disturbedLogits(
  { network, first, n }: CachedFirstLayer,
  disturb: (h: Float64Array, layer: number) => void,
): Float64Array {
  let z = first;
  for (let l = 0; l < network.spec.hidden.length; l++) {
    const { h, s } = activate(network, l, z, n);
    disturb(h, l);
    z = referenceAffine(network, l + 1, mergePathActivations(network.spec.hidden[l], h, n), s, n);
  }
  return z;
}

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;
function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - centre) ** 2, 0) / (values.length - 1));
}

/**
 * Accuracy and cross-entropy (nats) of several networks under disturbances of several sizes; the answer is indexed by
 * network, then by size. Networks with blocks are scored within the block of each image's task. A size of 0 disturbs
 * nothing. Each draw of the noise is the same for all sizes and for all networks of one width, so that curves are smooth
 * and differences between networks are not luck.
 */
export function robustness(
  benches: readonly CachedFirstLayer[],
  labels: ArrayLike<number>,
  kind: DisturbanceKind,
  sizes: readonly number[],
  { draws, seed }: { draws: number; seed: number },
): DisturbedScores[][] {
  if (sizes.some((size) => !(size >= 0))) throw new Error('A disturbance has a size of 0 or more.');
  const times = kind === 'noise' ? Math.max(1, draws) : 1;
  const scores = benches.map(() => sizes.map(() => [] as { accuracy: number; loss: number }[]));
  for (let draw = 0; draw < times; draw++) {
    const drawn = new Map<string, Float64Array>();
    const normals = (layer: number, length: number): Float64Array => {
      const key = `${layer}/${length}`;
      let found = drawn.get(key);
      if (!found) {
        const rng = seededRandom(seed, `noise/${draw}/${layer}`);
        drawn.set(key, (found = Float64Array.from({ length }, () => rng.normal())));
      }
      return found;
    };
    benches.forEach((bench, k) => {
      const { outputs, blocks } = bench.network.spec;
      sizes.forEach((size, i) => {
        const logits = disturbedLogits(bench, (h, layer) => {
          if (size === 0) return;
          if (kind === 'quantisation') h.forEach((value, at) => (h[at] = size * Math.round(value / size)));
          else {
            const noise = normals(layer, h.length);
            for (let at = 0; at < h.length; at++) h[at] += size * noise[at];
          }
        });
        const { loss, correct } = crossEntropy(logits, labels, bench.n, outputs, blocks?.length);
        scores[k][i].push({ accuracy: correct / Math.max(1, bench.n), loss });
      });
    });
  }
  return scores.map((byNetwork) =>
    byNetwork.map((found, i): DisturbedScores => {
      const accuracies = found.map(({ accuracy }) => accuracy);
      const losses = found.map(({ loss }) => loss);
      return {
        size: sizes[i],
        accuracy: mean(accuracies),
        accuracyDeviation: deviation(accuracies),
        crossEntropy: mean(losses),
        crossEntropyDeviation: deviation(losses),
        draws: times,
      };
    }),
  );
}
