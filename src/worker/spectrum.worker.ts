/**
 * σ of the hidden layers for display, in a thread of its own: newest snapshot wins, weights are never touched.
 */
import { matrix } from '../network/network';
import { singularValues } from '../topology/svd';

export interface SpectrumRequest {
  step: number;
  layers: { rows: number; cols: number; data: Float32Array }[];
}
export interface SpectrumReply {
  step: number;
  layers: Float64Array[];
}

self.onmessage = ({ data }: MessageEvent<SpectrumRequest>) => {
  const layers = data.layers.map(({ rows, cols, data: values }) =>
    singularValues(matrix(rows, cols, Float64Array.from(values))),
  );
  const reply: SpectrumReply = { step: data.step, layers };
  self.postMessage(
    reply,
    layers.map((l) => l.buffer),
  );
};
