/**
 * σ of weight matrices for display, in a thread of its own: newest snapshot wins, weights are never touched.
 */
import { createMatrix } from '../network/network';
import { singularValues } from '../topology/linear/svd';

export interface SpectrumRequest {
  step: number;
  layers: { rows: number; cols: number; data: Float32Array }[];
}
export interface SpectrumReply {
  step: number;
  /** Null where the weights are no numbers any more: they have no σ. */
  layers: Float64Array[] | null;
}

/** One σ per unit: a layer wider than its input has exact zeros at the end. */
function perUnit({ rows, cols, data }: SpectrumRequest['layers'][number]): Float64Array<ArrayBuffer> {
  const sigma = new Float64Array(rows);
  sigma.set(singularValues(createMatrix(rows, cols, Float64Array.from(data))));
  return sigma;
}

self.onmessage = ({ data }: MessageEvent<SpectrumRequest>) => {
  // A run that broke down says so itself.
  const finite = data.layers.every(({ data: weights }) => weights.every(Number.isFinite));
  const layers = finite ? data.layers.map(perUnit) : null;
  const reply: SpectrumReply = { step: data.step, layers };
  self.postMessage(reply, layers?.map((sigma) => sigma.buffer) ?? []);
};
