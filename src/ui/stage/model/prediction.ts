import type { DatasetId } from '../../../data/ids';
import { weightShapes } from '../../../network/merge';
import { createMatrix, type Network } from '../../../network/network';
import { referenceForward } from '../../../network/reference';
import type { Gallery } from '../../../store/state';
import type { Snapshot } from '../../../worker/protocol';
import { rowNorms } from './bars';
import { labelOfOutput, outputOfLabel } from './outputs';
import { argmax, galleryCount, softmax, standardise } from '../samples/images';

/** What the network makes of the studied image, computed here in float64 from the snapshot. */
export interface ImagePrediction {
  /** Activations of each hidden layer: of units, of pathways before their merge, of a convolution its maps [channel][y][x]. */
  h: Float64Array[];
  logits: Float64Array;
  probabilities: Float64Array;
  top: number;
  truth: number;
  right: boolean;
}

const networks = new WeakMap<Snapshot, Network>();
const norms = new WeakMap<Snapshot, Float64Array[]>();

/** A snapshot as a float64 network (kept with the snapshot). */
export function cachedSnapshotNetwork(snapshot: Snapshot): Network {
  let network = networks.get(snapshot);
  if (!network) {
    const { spec } = snapshot;
    const shapes = weightShapes(spec);
    network = {
      spec,
      parameters: {
        weights: snapshot.weights.map((w, l) =>
          createMatrix(shapes[l].rows, shapes[l].cols, Float64Array.from(w)),
        ),
        biases: snapshot.biases.map((b) => Float64Array.from(b)),
        psi: snapshot.psi.map((p) => Float64Array.from(p)),
        o: Float64Array.from(snapshot.o),
      },
    };
    networks.set(snapshot, network);
  }
  return network;
}

/** Row norms of each hidden layer's weights: of units, or of the kernels of channels (kept with the snapshot). */
export function rowNormsOf(snapshot: Snapshot): Float64Array[] {
  let found = norms.get(snapshot);
  if (!found) {
    const { spec, weights } = snapshot;
    const shapes = weightShapes(spec);
    found = spec.hidden.map((_, l) => rowNorms(weights[l], shapes[l].rows, shapes[l].cols));
    norms.set(snapshot, found);
  }
  return found;
}

const fits = ({ spec }: Snapshot, gallery: Gallery): boolean =>
  spec.inputs === gallery.size * (spec.blocks?.length ?? 1);

const outputOf = ({ spec }: Snapshot, gallery: Gallery, index: number): number =>
  outputOfLabel(gallery.dataset as DatasetId, spec.blocks, gallery.labels[index]);

/** The outputs an image is scored on: those of its task's block, or all. */
function scored({ spec }: Snapshot, truth: number): { from: number; count: number } {
  const count = spec.outputs / (spec.blocks?.length ?? 1);
  return { from: spec.blocks ? Math.floor(truth / count) * count : 0, count };
}

/** The network's reading of one gallery image; null while there is none that fits it. */
export function predictImage(
  snapshot: Snapshot,
  gallery: Gallery | null,
  index: number,
): ImagePrediction | null {
  if (!gallery || !fits(snapshot, gallery) || index >= galleryCount(gallery)) return null;
  const truth = outputOf(snapshot, gallery, index);
  if (truth < 0) return null;
  const pass = referenceForward(
    cachedSnapshotNetwork(snapshot),
    standardise(gallery, index, snapshot.spec.blocks),
    1,
  );
  const { from, count } = scored(snapshot, truth);
  const top = from + argmax(pass.logits, from, count);
  const probabilities = new Float64Array(pass.logits.length);
  probabilities.set(softmax(pass.logits, from, count), from);
  return {
    h: pass.h,
    logits: pass.logits,
    probabilities,
    top,
    truth,
    right: top === truth,
  };
}

/** Inputs of the first `count` gallery images, one after another. */
function inputsOf({ spec }: Snapshot, gallery: Gallery, count: number): Float64Array {
  const x = new Float64Array(count * spec.inputs);
  for (let i = 0; i < count; i++) x.set(standardise(gallery, i, spec.blocks), i * spec.inputs);
  return x;
}

const inputCache = new WeakMap<Gallery, { blocks: string; x: Float64Array }>();

/** Label read for each of the first `count` gallery images; −1 where an image's task is not being learnt. */
export function predictLabels(snapshot: Snapshot, gallery: Gallery, count: number): number[] {
  if (!fits(snapshot, gallery)) return [];
  const { inputs, outputs, blocks: tasks } = snapshot.spec;
  const blocks = String(tasks);
  let known = inputCache.get(gallery);
  if (known?.x.length !== count * inputs || known.blocks !== blocks)
    inputCache.set(gallery, (known = { blocks, x: inputsOf(snapshot, gallery, count) }));
  const { logits } = referenceForward(cachedSnapshotNetwork(snapshot), known.x, count);
  return Array.from({ length: count }, (_, i) => {
    const truth = outputOf(snapshot, gallery, i);
    if (truth < 0) return -1;
    const own = scored(snapshot, truth);
    const output = own.from + argmax(logits, i * outputs + own.from, own.count);
    return labelOfOutput(gallery.dataset as DatasetId, tasks, output);
  });
}

/** Mean h² of each unit over the first `count` gallery images: used where the engine's own figures are of another basis. */
export function galleryMeanSquares(
  snapshot: Snapshot,
  gallery: Gallery,
  count: number,
): Float64Array[] | null {
  if (!fits(snapshot, gallery)) return null;
  const { h } = referenceForward(cachedSnapshotNetwork(snapshot), inputsOf(snapshot, gallery, count), count);
  return h.map((values, l) => {
    const { width } = snapshot.spec.hidden[l];
    const mean = new Float64Array(width);
    values.forEach((v, i) => (mean[i % width] += (v * v) / count));
    return mean;
  });
}
