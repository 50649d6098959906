import {
  cloneSpec,
  cloneParameters,
  createMatrix,
  type Matrix,
  type OptimiserState,
  type ParameterTensors,
  type TrainingState,
} from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { prepareOptimiser, warmSecondMoments, type TensorName } from '../optimiserTransport';
import type { OperationOptions } from '../types';

/** Which side of a network: the inputs (columns of the first weights) or the outputs (rows of the last, its bias and the ψ that feeds it). */
export type NetworkEnd = 'inputs' | 'outputs';

/** A range of inputs or outputs: `count` of them from index `from` on. */
export interface CoordinateRange {
  from: number;
  count: number;
}

type Edit = 'grow' | 'drop';

/**
 * Rows of length `stride` with `count` rows of zeros inserted before row `from`, or with as many rows from there on
 * taken out.
 */
function edited(
  values: Float64Array,
  stride: number,
  edit: Edit,
  { from, count }: CoordinateRange,
): Float64Array<ArrayBuffer> {
  const at = from * stride;
  const size = count * stride;
  if (edit === 'drop') {
    const out = new Float64Array(values.length - size);
    out.set(values.subarray(0, at));
    out.set(values.subarray(at + size), at);
    return out;
  }
  const out = new Float64Array(values.length + size);
  out.set(values.subarray(0, at));
  out.set(values.subarray(at), at + size);
  return out;
}

function editedColumns(w: Matrix, edit: Edit, span: CoordinateRange): Matrix {
  const cols = w.cols + (edit === 'grow' ? span.count : -span.count);
  const out = createMatrix(w.rows, cols);
  for (let i = 0; i < w.rows; i++)
    out.data.set(edited(w.data.subarray(i * w.cols, (i + 1) * w.cols), 1, edit, span), i * cols);
  return out;
}

function editedTensors(
  t: ParameterTensors,
  end: NetworkEnd,
  edit: Edit,
  span: CoordinateRange,
): ParameterTensors {
  const out = cloneParameters(t);
  if (end === 'inputs') {
    out.weights[0] = editedColumns(t.weights[0], edit, span);
    return out;
  }
  const last = t.weights.length - 1;
  const w = t.weights[last];
  const rows = w.rows + (edit === 'grow' ? span.count : -span.count);
  out.weights[last] = createMatrix(rows, w.cols, edited(w.data, w.cols, edit, span));
  out.biases[last] = edited(t.biases[last], 1, edit, span);
  if (last >= 1) out.psi[last - 1] = edited(t.psi[last - 1], 1, edit, span);
  return out;
}

function touchedAt(end: NetworkEnd, spec: NetworkSpec): TensorName[] {
  if (end === 'inputs') return [{ kind: 'weights', layer: 0 }];
  const last = spec.hidden.length;
  return [
    { kind: 'weights', layer: last },
    { kind: 'biases', layer: last },
    ...(last >= 1 ? [{ kind: 'psi' as const, layer: last - 1 }] : []),
  ];
}

function requireSpan(spec: NetworkSpec, end: NetworkEnd, edit: Edit, { from, count }: CoordinateRange): void {
  const size = spec[end];
  if (!Number.isInteger(count) || count < 1) throw new Error(`Cannot ${edit} ${count} ${end}.`);
  if (!Number.isInteger(from) || from < 0 || from > (edit === 'grow' ? size : size - count))
    throw new Error(
      edit === 'grow'
        ? `Cannot insert ${end} at place ${from}: the network has ${size}.`
        : `Cannot drop ${count} ${end} from place ${from} on: the network has ${size}.`,
    );
  if (edit === 'drop' && count === size) throw new Error(`A network cannot lose all of its ${end}.`);
}

/** Makes the edit on all tensors of one side, without regard to blocks. */
function edit(
  state: TrainingState,
  end: NetworkEnd,
  kind: Edit,
  span: CoordinateRange,
  options: OperationOptions,
): TrainingState {
  requireSpan(state.network.spec, end, kind, span);
  const spec = cloneSpec(state.network.spec);
  spec[end] += kind === 'grow' ? span.count : -span.count;
  const touched = touchedAt(end, spec);
  const pad = (t: ParameterTensors): ParameterTensors => editedTensors(t, end, kind, span);
  const { step, first, second } = prepareOptimiser(state.optimiser, touched, options);
  const optimiser: OptimiserState = { step, first: pad(first), second: second && pad(second) };
  warmSecondMoments(state.optimiser, optimiser, touched, pad, options);
  return { network: { spec, parameters: pad(state.network.parameters) }, optimiser };
}

function refuseBlocks({ network: { spec } }: TrainingState, end: NetworkEnd): void {
  if (spec.blocks)
    throw new Error(
      `The ${end} of this network are divided into blocks, one per task: they grow and go by whole blocks.`,
    );
}

/**
 * Inserts `count` inputs or outputs before place `from` (by default at the end) with zero weights, biases and ψ: the old logits
 * are exactly what they were, whatever the new inputs hold. New moments are 0 (see `warm`). The input state is not
 * touched. Throws where the place does not exist, and on networks divided into blocks.
 */
export function growEnd(
  state: TrainingState,
  end: NetworkEnd,
  span: { from?: number; count: number },
  options: OperationOptions = {},
): TrainingState {
  refuseBlocks(state, end);
  return edit(state, end, 'grow', { from: span.from ?? state.network.spec[end], count: span.count }, options);
}

/**
 * Takes out `count` inputs or outputs from place `from` on (by default the last ones), moments included. The logits that stay are
 * exactly what they were: outputs always, inputs where the columns dropped, or the values they read, are zero. Throws
 * where there are not so many, where none would stay, and on networks divided into blocks.
 */
export function removeEnd(
  state: TrainingState,
  end: NetworkEnd,
  span: { from?: number; count: number },
  options: OperationOptions = {},
): TrainingState {
  refuseBlocks(state, end);
  return edit(
    state,
    end,
    'drop',
    { from: span.from ?? state.network.spec[end] - span.count, count: span.count },
    options,
  );
}

/** The tasks of the blocks, checked against the sizes: inputs = size·blocks, outputs = classes·blocks. */
function blocksOf({ network: { spec } }: TrainingState, size: number, classes: number): readonly number[] {
  const { blocks, inputs, outputs } = spec;
  if (!blocks)
    throw new Error('The inputs and outputs of this network are not divided into blocks of tasks.');
  if (inputs !== size * blocks.length || outputs !== classes * blocks.length)
    throw new Error(
      `${blocks.length} blocks of ${size} inputs and ${classes} outputs do not make ${inputs} inputs and ${outputs} outputs.`,
    );
  return blocks;
}

/**
 * Appends the block of a task: `size` inputs and `classes` outputs at the end, all zero, so that the logits of the other tasks are
 * exactly what they were. Throws where the task has a block already or the network has none.
 */
export function growBlock(
  state: TrainingState,
  task: number,
  size: number,
  classes: number,
  options: OperationOptions = {},
): TrainingState {
  const blocks = blocksOf(state, size, classes);
  if (blocks.includes(task)) throw new Error(`Task ${task + 1} has its block already.`);
  const { inputs, outputs } = state.network.spec;
  const wider = edit(state, 'inputs', 'grow', { from: inputs, count: size }, options);
  const next = edit(wider, 'outputs', 'grow', { from: outputs, count: classes }, options);
  next.network.spec.blocks = [...blocks, task];
  return next;
}

/**
 * Drops the block of a task, its inputs and outputs, wherever it lies. The logits of the other tasks stay exactly what they were
 * on their own images, whose inputs in the dropped block are zero. Throws where the task has no block, or only it has one.
 */
export function removeBlock(
  state: TrainingState,
  task: number,
  size: number,
  classes: number,
  options: OperationOptions = {},
): TrainingState {
  const blocks = blocksOf(state, size, classes);
  const at = blocks.indexOf(task);
  if (at < 0) throw new Error(`Task ${task + 1} has no block to drop.`);
  if (blocks.length === 1)
    throw new Error('The only block cannot be dropped: nothing would be left to learn.');
  const narrower = edit(state, 'inputs', 'drop', { from: at * size, count: size }, options);
  const next = edit(narrower, 'outputs', 'drop', { from: at * classes, count: classes }, options);
  next.network.spec.blocks = blocks.filter((_, i) => i !== at);
  return next;
}
