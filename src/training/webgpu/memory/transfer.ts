import { isIsotropicActivation } from '../../../activations/lookup';
import { layerWidths, zerosLike, type ParameterTensors } from '../../../network/network';
import { hasPsi, type NetworkSpec } from '../../../network/spec';
import { dividedUnitLanes } from '../plan/pathDivisions';
import {
  BIAS_ROW,
  LENGTH_ROW,
  PSI_ROW,
  PARAMETER_TAIL_ROWS,
  type BufferLayout,
  type ParameterBlock,
} from '../plan/bufferLayout';
import { kernelLanes } from '../plan/convolutionStages';
import { fixedVectors, layerReadLanes } from '../plan/planStructure';

/** Floats of a block. */
const floats = ({ inputs, outputs }: ParameterBlock): number =>
  4 * (4 * inputs + PARAMETER_TAIL_ROWS) * outputs;

/** The logarithm that stands for o = 0: its exp is as good as 0, and it can still be trained. */
const LOG_OF_ZERO = -80;

/** For a layer's weights, which lane (float) of a row in memory each unit or channel has, and which row each column. */
function lanesOf(layout: BufferLayout, layer: number, rows: number, cols: number): [Int32Array, Int32Array] {
  const stage = layout.stages[layer];
  if (stage) return [dividedUnitLanes(null, rows), kernelLanes(stage)];
  return [dividedUnitLanes(layout.divisions[layer], rows), layerReadLanes(layout, layer - 1, cols)];
}

/**
 * One affine layer of `tensors` as its block: weights transposed, then biases, ψ and o, zero elsewhere. Where o is trained and
 * `logarithm` is true (parameters, not moments) it is kept as log o.
 */
export function packBlock(
  layout: BufferLayout,
  layer: number,
  spec: NetworkSpec,
  tensors: ParameterTensors,
  logarithm: boolean,
): Float32Array<ArrayBuffer> {
  const block = layout.parameters[layer];
  const values = new Float32Array(floats(block));
  const stride = 4 * block.outputs;
  const { rows, cols, data } = tensors.weights[layer - 1];
  const [units, inputs] = lanesOf(layout, layer, rows, cols);
  for (let o = 0; o < rows; o++)
    for (let i = 0; i < cols; i++) values[inputs[i] * stride + units[o]] = data[o * cols + i];
  const tail = 4 * block.inputs * stride;
  const row = (r: number, of: Float64Array): void =>
    of.forEach((value, o) => (values[tail + r * stride + units[o]] = value));
  row(BIAS_ROW, tensors.biases[layer - 1]);
  if (!isIsotropicActivation(spec.activation)) return values;
  if (layer > 1 && hasPsi(spec.hidden[layer - 2].psi)) row(PSI_ROW, tensors.psi[layer - 2]);
  if (layer <= spec.hidden.length && spec.hidden[layer - 1].o !== 'off') {
    const o = tensors.o[layer - 1];
    values[tail + LENGTH_ROW * stride] =
      logarithm && spec.hidden[layer - 1].o === 'trained' ? Math.max(LOG_OF_ZERO, Math.log(o)) : o;
  }
  return values;
}

/** Reads one affine layer's block (starting at `from` in `values`) back into `tensors`. */
function unpackBlock(
  layout: BufferLayout,
  layer: number,
  spec: NetworkSpec,
  values: Float32Array,
  from: number,
  logarithm: boolean,
  tensors: ParameterTensors,
): void {
  const block = layout.parameters[layer];
  const stride = 4 * block.outputs;
  const { rows, cols, data } = tensors.weights[layer - 1];
  const [units, inputs] = lanesOf(layout, layer, rows, cols);
  for (let o = 0; o < rows; o++)
    for (let i = 0; i < cols; i++) data[o * cols + i] = values[from + inputs[i] * stride + units[o]];
  const tail = from + 4 * block.inputs * stride;
  const row = (r: number): Float64Array =>
    Float64Array.from(units, (lane) => values[tail + r * stride + lane]);
  tensors.biases[layer - 1].set(row(BIAS_ROW));
  if (!isIsotropicActivation(spec.activation)) return;
  if (layer > 1 && hasPsi(spec.hidden[layer - 2].psi)) tensors.psi[layer - 2].set(row(PSI_ROW));
  if (layer <= spec.hidden.length && spec.hidden[layer - 1].o !== 'off') {
    const kept = row(LENGTH_ROW)[0];
    tensors.o[layer - 1] = logarithm && spec.hidden[layer - 1].o === 'trained' ? Math.exp(kept) : kept;
  }
}

/** Byte offset of a model's block in each of the parameter-shaped buffers. */
export function blockBytes(layout: BufferLayout, layer: number, model: number): number {
  const { offset, perModel } = layout.parameters[layer];
  return 16 * (offset + model * perModel);
}

/** Bytes of all blocks of one model, one after the other. */
export function modelBytes(layout: BufferLayout): number {
  return 16 * layout.parameters.reduce((sum, { perModel }) => sum + perModel, 0);
}

/** Copies all blocks of a model into `to` from byte `at` on, as `unpackModel` reads them. */
export function copyModel(
  encoder: GPUCommandEncoder,
  layout: BufferLayout,
  model: number,
  from: GPUBuffer,
  to: GPUBuffer,
  at: number,
): void {
  let next = at;
  for (let l = 1; l < layout.parameters.length; l++) {
    const bytes = 16 * layout.parameters[l].perModel;
    encoder.copyBufferToBuffer(from, blockBytes(layout, l, model), to, next, bytes);
    next += bytes;
  }
}

/** Float64 tensors of one model from blocks that lie one after the other in `values` from float `at` on. */
export function unpackModel(
  layout: BufferLayout,
  spec: NetworkSpec,
  values: Float32Array,
  at: number,
  logarithm: boolean,
): ParameterTensors {
  const tensors = zerosLike(spec);
  let next = at;
  for (let l = 1; l < layout.parameters.length; l++) {
    unpackBlock(layout, l, spec, values, next, logarithm, tensors);
    next += 4 * layout.parameters[l].perModel;
  }
  return tensors;
}

/** Copies a model's rows from a buffer of one layout into one of another; what is new stays 0. */
export function moveModel(
  encoder: GPUCommandEncoder,
  spec: NetworkSpec,
  from: { layout: BufferLayout; buffer: GPUBuffer; model: number },
  to: { layout: BufferLayout; buffer: GPUBuffer; model: number },
): void {
  const n = layerWidths(spec);
  for (let l = 1; l < n.length; l++) {
    const [a, b] = [from.layout.parameters[l], to.layout.parameters[l]];
    const { stages, divisions } = to.layout;
    const bytes = 16 * (stages[l]?.outVectors ?? divisions[l]?.vectors ?? Math.ceil(n[l] / 4));
    const fixed = stages[l] !== null || fixedVectors(to.layout, l - 1) !== null;
    const inputs = fixed ? 4 * b.inputs : n[l - 1];
    const row = (source: number, target: number): void =>
      encoder.copyBufferToBuffer(
        from.buffer,
        blockBytes(from.layout, l, from.model) + 16 * source * a.outputs,
        to.buffer,
        blockBytes(to.layout, l, to.model) + 16 * target * b.outputs,
        bytes,
      );
    for (let i = 0; i < inputs; i++) row(i, i);
    for (let t = 0; t < PARAMETER_TAIL_ROWS - 1; t++) row(4 * a.inputs + t, 4 * b.inputs + t);
  }
}
