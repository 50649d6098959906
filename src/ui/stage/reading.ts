import { matrix, type Network } from '../../network/network';
import { forward } from '../../network/reference';
import type { Gallery } from '../../store/state';
import type { Snapshot } from '../../worker/protocol';
import { rowNorms } from './bars';
import { argmax, galleryCount, softmax, standardise } from './images';

/** What the network makes of the studied image, computed here in float64 from the snapshot. */
export interface Reading {
  /** Activations of each hidden layer. */
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
export function networkOf(snapshot: Snapshot): Network {
  let network = networks.get(snapshot);
  if (!network) {
    const { spec } = snapshot;
    const cols = [spec.inputs, ...spec.hidden.map((h) => h.width)];
    network = {
      spec,
      parameters: {
        weights: snapshot.weights.map((w, l) => matrix(w.length / cols[l], cols[l], Float64Array.from(w))),
        biases: snapshot.biases.map((b) => Float64Array.from(b)),
        psi: snapshot.psi.map((p) => Float64Array.from(p)),
        o: Float64Array.from(snapshot.o),
      },
    };
    networks.set(snapshot, network);
  }
  return network;
}

/** Row norms of each hidden layer's weights (kept with the snapshot). */
export function normsOf(snapshot: Snapshot): Float64Array[] {
  let found = norms.get(snapshot);
  if (!found) {
    const { spec, weights } = snapshot;
    found = spec.hidden.map((h, l) => rowNorms(weights[l], h.width, weights[l].length / h.width));
    norms.set(snapshot, found);
  }
  return found;
}

const fits = (snapshot: Snapshot, gallery: Gallery): boolean => snapshot.spec.inputs === gallery.size;

/** The network's reading of one gallery image; null while there is none that fits it. */
export function readImage(snapshot: Snapshot, gallery: Gallery | null, index: number): Reading | null {
  if (!gallery || !fits(snapshot, gallery) || index >= galleryCount(gallery)) return null;
  const pass = forward(networkOf(snapshot), standardise(gallery, index), 1);
  const top = argmax(pass.logits);
  const truth = gallery.labels[index];
  return {
    h: pass.h,
    logits: pass.logits,
    probabilities: softmax(pass.logits),
    top,
    truth,
    right: top === truth,
  };
}

/** Inputs of the first `count` gallery images, one after another. */
function inputsOf(gallery: Gallery, count: number): Float64Array {
  const x = new Float64Array(count * gallery.size);
  for (let i = 0; i < count; i++) x.set(standardise(gallery, i), i * gallery.size);
  return x;
}

const inputCache = new WeakMap<Gallery, Float64Array>();

/** Class read for each of the first `count` gallery images. */
export function readMany(snapshot: Snapshot, gallery: Gallery, count: number): number[] {
  if (!fits(snapshot, gallery)) return [];
  let x = inputCache.get(gallery);
  if (x?.length !== count * gallery.size) inputCache.set(gallery, (x = inputsOf(gallery, count)));
  const { logits } = forward(networkOf(snapshot), x, count);
  const classes = snapshot.spec.outputs;
  return Array.from({ length: count }, (_, i) => argmax(logits, i * classes, classes));
}

/** Mean h² of each unit over the first `count` gallery images: used where the engine's own figures are of another basis. */
export function meanSquares(snapshot: Snapshot, gallery: Gallery, count: number): Float64Array[] | null {
  if (!fits(snapshot, gallery)) return null;
  const { h } = forward(networkOf(snapshot), inputsOf(gallery, count), count);
  return h.map((values, l) => {
    const { width } = snapshot.spec.hidden[l];
    const mean = new Float64Array(width);
    values.forEach((v, i) => (mean[i % width] += (v * v) / count));
    return mean;
  });
}
