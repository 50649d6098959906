import * as tf from '@tensorflow/tfjs-core';
import type { EnergySite, MeasureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
import { gatherRange } from '../../data/gather';
import { energyMeasure } from '../../energy/measures';
import { convolutionFootprint } from '../../layers/convolution';
import { layerEnergy } from '../../layers/energy';
import { convolutionStages } from '../../network/convolution';
import type { NetworkSpec } from '../../network/spec';
import type { Observation } from '../engine';
import { tensorForward, type LayerTensors } from './forward';

/** Images in one forward pass of an observation, fewer where convolutions would hold more values than this: bounds the memory. */
const CHUNK = 500;
const VALUES = 2 ** 23;

/** One chunk as a single vector: logits, then per hidden layer ‖z‖² [n], mean h² by unit [width] and E. */
function passVector(
  spec: NetworkSpec,
  parameters: LayerTensors,
  x: tf.Tensor2D,
  measure: MeasureId,
  site: EnergySite,
): tf.Tensor1D {
  const { logits, hidden } = tensorForward(spec, parameters, x);
  const parts = hidden.flatMap(({ z, h, squaredNorm }) => [
    tf.reshape(squaredNorm ?? tf.sum(tf.square(z), 1), [-1]),
    tf.mean(tf.square(h), 0),
    tf.reshape(layerEnergy(measure, site === 'pre' ? z : h), [1]),
  ]);
  return tf.concat([tf.reshape(logits, [-1]), ...parts]) as tf.Tensor1D;
}

/**
 * A forward pass over images from … from+count−1 of a split (fewer where the split ends), in chunks with one read-back each.
 * Images of tasks the network has no block for go in as zeros. All chunks are enqueued before the first read, so that they see the same weights. `parameters` is asked for inside a tidy.
 */
export async function observeTensors(
  spec: NetworkSpec,
  parameters: () => LayerTensors,
  data: DataSource,
  split: 'train' | 'test',
  from: number,
  count: number,
  measure: MeasureId,
  site: EnergySite = 'post',
): Promise<Observation> {
  const source = data[split];
  const n = Math.max(0, Math.min(count, source.ready - from));
  const observation: Observation = {
    n,
    logits: new Float32Array(n * spec.outputs),
    squaredNorms: spec.hidden.map(() => new Float32Array(n)),
    unitMeanSquare: spec.hidden.map((layer) => new Float32Array(layer.width)),
    layerEnergy: new Float32Array(spec.hidden.length),
    energy: 0,
  };
  const chunks: { at: number; size: number; vector: tf.Tensor1D }[] = [];
  const footprint = convolutionFootprint(convolutionStages(spec));
  const chunk = Math.max(1, Math.min(CHUNK, Math.floor(VALUES / Math.max(1, footprint))));
  for (let at = 0; at < n; at += chunk) {
    const size = Math.min(chunk, n - at);
    const images = new Float32Array(size * spec.inputs);
    gatherRange(data, source, from + at, size, images, spec.blocks);
    const vector = tf.tidy(() =>
      passVector(spec, parameters(), tf.tensor2d(images, [size, spec.inputs]), measure, site),
    );
    chunks.push({ at, size, vector });
  }
  const read = await Promise.all(
    chunks.map(({ vector }) => vector.data<'float32'>().finally(() => vector.dispose())),
  );
  chunks.forEach(({ at, size }, c) => {
    place(observation, spec, at, size, read[c]);
  });
  observation.energy = energyMeasure(measure).combine(observation.layerEnergy);
  return observation;
}

/** Puts one chunk's vector where it belongs; means are weighted by the chunk's share of the images. */
function place(
  observation: Observation,
  spec: NetworkSpec,
  at: number,
  size: number,
  values: Float32Array,
): void {
  const share = size / observation.n;
  let next = size * spec.outputs;
  observation.logits.set(values.subarray(0, next), at * spec.outputs);
  spec.hidden.forEach(({ width }, l) => {
    observation.squaredNorms[l].set(values.subarray(next, next + size), at);
    next += size;
    const mean = observation.unitMeanSquare[l];
    for (let j = 0; j < width; j++) mean[j] += share * values[next + j];
    next += width;
    observation.layerEnergy[l] += share * values[next];
    next += 1;
  });
}
