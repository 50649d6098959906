import { weightShapes } from '../../../network/merge';
import { referenceForward } from '../../../network/reference';
import type { Gallery } from '../../../store/state';
import type { Snapshot } from '../../../worker/protocol';
import { galleryCount, standardise } from '../../stage/samples/images';
import { cachedSnapshotNetwork, rowNormsOf } from '../../stage/model/prediction';
import { columnsReading, rowMeans, layerShapes } from '../../stage/geometry/shape';

/** Test images looked at here. */
const IMAGES = 64;
/** Images and readers named. */
const TOP = 12;

/** One unit (or channel) of a layer that keeps its basis, as the snapshot has it. */
export interface UnitReading {
  step: number;
  norm: number;
  bias: number;
  /** Mean h² over n test images; of a channel over its map as well. */
  meanSquare: number;
  n: number;
  /** Test images that drive it most; of a channel by the mean of its map. */
  top: { image: number; activation: number }[];
  /** Rows of the next weights that read it most: the weight, or the norm of several. */
  readers: { to: number; value: number }[];
  /** Readers are given by norms. */
  several: boolean;
}

/** Reads one unit off a snapshot and the gallery, in float64. */
export function unitReading(
  snapshot: Snapshot,
  gallery: Gallery | null,
  layer: number,
  unit: number,
): UnitReading {
  const { spec } = snapshot;
  const shape = layerShapes(spec)[layer];
  const fits = gallery !== null && spec.inputs === gallery.size * (spec.blocks?.length ?? 1);
  const n = fits ? Math.min(IMAGES, galleryCount(gallery)) : 0;
  const activations: number[] = [];
  let square = 0;
  for (let image = 0; fits && image < n; image++) {
    const h = referenceForward(cachedSnapshotNetwork(snapshot), standardise(gallery, image, spec.blocks), 1)
      .h[layer];
    activations.push(rowMeans(shape, h)[unit]);
    square +=
      rowMeans(
        shape,
        h.map((v) => v * v),
      )[unit] / n;
  }
  const { at, count } = columnsReading(spec, layer, unit);
  const { rows, cols } = weightShapes(spec)[layer + 1];
  const w = snapshot.weights[layer + 1];
  const readers = Array.from({ length: rows }, (_, to) => {
    const own = w.subarray(to * cols + at, to * cols + at + count);
    return { to, value: count === 1 ? own[0] : Math.sqrt(own.reduce((sum, v) => sum + v * v, 0)) };
  });
  return {
    step: snapshot.step,
    norm: rowNormsOf(snapshot)[layer][unit],
    bias: snapshot.biases[layer][unit],
    meanSquare: square,
    n,
    top: activations
      .map((activation, image) => ({ image, activation }))
      .sort((a, b) => Math.abs(b.activation) - Math.abs(a.activation))
      .slice(0, TOP),
    readers: readers.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, TOP),
    several: count > 1,
  };
}
