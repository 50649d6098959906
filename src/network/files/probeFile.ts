import type { FloatArray } from '../linearAlgebra';
import { FileFault, readSafetensors } from './safetensors';

/** Inputs to evaluate a network on: `x` [n, inputs], and class labels where the file has them. */
export interface ProbeFile {
  x: FloatArray;
  n: number;
  inputs: number;
  labels: Float64Array | null;
}

/** Reads a probe: tensor `x` [N, in] (F32 or F64) and, if it is there, `labels` [N] of whole numbers. Throws a FileFault. */
export function readProbe(bytes: Uint8Array): ProbeFile {
  const { tensors } = readSafetensors(bytes);
  const x = tensors.get('x');
  if (!x) throw new FileFault('The probe has no tensor “x” of inputs.');
  if (x.dtype !== 'F32' && x.dtype !== 'F64')
    throw new FileFault(`“x” of the probe is ${x.dtype}; inputs are F32 or F64.`);
  if (x.shape.length !== 2 || x.data.length === 0)
    throw new FileFault(`“x” of the probe has shape [${x.shape.join(', ')}]; [N, in] was expected.`);
  const [n, inputs] = x.shape;
  const labels = tensors.get('labels');
  if (labels && (labels.shape.length !== 1 || labels.shape[0] !== n))
    throw new FileFault(`“labels” of the probe has shape [${labels.shape.join(', ')}]; [${n}] was expected.`);
  if (labels?.data.some((label) => !Number.isInteger(label) || label < 0))
    throw new FileFault('“labels” of the probe are not class indices 0, 1, 2 …');
  return { x: x.data, n, inputs, labels: labels ? Float64Array.from(labels.data) : null };
}
