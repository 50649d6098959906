import { NETWORK_LIMITS } from '../../../network/spec';
import { MAX_INVOCATIONS } from './pathDivisions';
import { partVectors, type ConvolutionStage } from './convolutionStages';
import { fixedVectors, plainStructure, type PlanStructure } from './planStructure';

/** Register tiles of the matrix kernels. Small ones keep a GPU's many lanes busy, larger ones save loads. */
export interface TileSizes {
  /** Images and vec4s of units per invocation, forward and backward. */
  rows: 4 | 8;
  columns: 1 | 2 | 4;
  /** These products take one term per iteration instead of four. */
  single: boolean;
  /** Invocations of their workgroups, at least where that many have work. */
  invocations: 8 | 32;
  /** vec4s of inputs and of outputs per invocation of the weights' gradient. */
  gradientInputs: 1 | 2 | 4;
  gradientOutputs: 1 | 2;
  /** Invocations of a workgroup of convolutions, at most. */
  convolution: 16 | 128;
}

export const GPU_TILES: TileSizes = {
  rows: 4,
  columns: 1,
  single: false,
  invocations: 32,
  gradientInputs: 1,
  gradientOutputs: 1,
  convolution: 128,
};
/**
 * Measured on SwiftShader, where a load costs far more than a product (each lane by itself, bounds checked) and a loop is slow
 * once its code outgrows the processor's caches. So tiles are large, for few loads a product, and loops short, with one term
 * per iteration: beside tiles of 4 × 1 by four terms this takes a quarter off a step of 784-128-64-10. Larger tiles by four
 * terms are slower, and barriers, of so few invocations, next to free.
 */
export const CPU_TILES: TileSizes = {
  rows: 8,
  columns: 4,
  single: true,
  invocations: 8,
  gradientInputs: 4,
  gradientOutputs: 2,
  convolution: 16,
};

/** Data made of tasks, as kernels see them: vec4s of an image, values of an image, and classes, each of one task. */
export interface TaskShape {
  tasks: number;
  vectors: number;
  size: number;
  classes: number;
}

/** What a plan is compiled for: nothing here can change without recompiling, everything else is data. */
export interface PlanCapacity {
  models: number;
  /** Images per pass. */
  rows: number;
  /** Units by layer, from inputs to outputs; each at least the width in use of every model. */
  sizes: readonly number[];
  /** Each model reads its own batch. */
  ownBatches: boolean;
  tiles: TileSizes;
  /** Left out where all hidden layers are plain and may have any activation. */
  structure?: PlanStructure;
  /** Null or left out: the data are one task, and kernels have no code for more. */
  taskShape?: TaskShape | null;
}

/**
 * Where the rows of one layer are, one for each image. In vec4s a row begins at offset + model·perModel + row·stride,
 * and its last vec4 is the tail.
 */
export interface RowBlock {
  buffer: 0 | 1;
  offset: number;
  perModel: number;
  stride: number;
}

/**
 * Where the parameters of an affine layer are, in vec4s: 4·inputs rows of weights, then a row of biases, one of ψ, one
 * that begins with o (or log o), and a spare one.
 */
export interface ParameterBlock {
  offset: number;
  perModel: number;
  /** vec4s of what is read of the layer below, and of this layer. */
  inputs: number;
  outputs: number;
}

/**
 * How the forward and backward kernels of a layer are divided: a workgroup has x·y invocations and covers y·tileRows
 * images.
 */
export interface WorkgroupShape {
  x: number;
  y: number;
  columns: number;
  rowsPerGroup: number;
}

export interface BufferLayout extends PlanStructure {
  capacity: PlanCapacity;
  /** vec4s per row by layer, without the tail. */
  vectors: number[];
  /** Inputs, hidden activations and logits by layer, alternating between two buffers (one is read while the other is written). */
  activations: RowBlock[];
  /**
   * Where ∂L/∂z of each layer is written. From the forward pass until then the same place holds z, where z is needed (see keepsZ).
   * Entry 0 is unused: the inputs have no z.
   */
  deltas: RowBlock[];
  /**
   * For convolutions: which of the four places (2·dy + dx) each unit was the largest at. In the buffer of their
   * activations, without tails. Null for other layers.
   */
  switches: (RowBlock | null)[];
  /**
   * For convolutions: the parts of their gradient, one row each, which the update sums. In the buffer of deltas that
   * they do not read. Null for other layers.
   */
  parts: (RowBlock | null)[];
  /** By affine layer, 1 … L; entry 0 is unused. */
  parameters: ParameterBlock[];
  cuts: WorkgroupShape[];
  /** vec4s of each buffer. */
  activationLength: [number, number];
  deltaLength: [number, number];
  parameterLength: number;
}

/** Rows of parameters after the weights. */
export const PARAMETER_TAIL_ROWS = 4;
export const BIAS_ROW = 0;
export const PSI_ROW = 1;
export const LENGTH_ROW = 2;

/** The most affine and hidden layers the models' table has room for. */
const MAX_LAYERS = 15;
const MAX_WIDTH = NETWORK_LIMITS.maxWidth;
const ALIGNMENT = 16; // vec4s: 256 bytes
export const ROW_ALIGNMENT = 64;
/** Images per pass that a model by itself has room for: batches of the lab fit, and an observation takes few passes. */
export const SINGLE_MODEL_ROWS = 512;

const up = (value: number, step: number): number => Math.ceil(value / step) * step;

/**
 * Capacities for the widths [inputs, …, outputs]. `known` are the capacities in force: they stay where they suffice,
 * and grow by a quarter where they do not.
 */
export function capacitySizes(
  widths: readonly number[],
  known: readonly number[] | null = null,
  structure: PlanStructure | null = null,
): number[] {
  return widths.map((width, l) => {
    const fixed = structure && fixedVectors(structure, l);
    if (fixed !== null) return 4 * fixed;
    const outer = l === 0 || l === widths.length - 1;
    if (known && known.length === widths.length && known[l] >= width && !outer) return known[l];
    if (outer) return up(width, 4);
    const wanted = known && known.length === widths.length ? up(width + width / 4, 16) : up(width, 16);
    return Math.min(MAX_WIDTH, wanted);
  });
}

/** Workgroup of a layer of `vectors` vec4s. */
export function workgroupShape(vectors: number, tiles: TileSizes): WorkgroupShape {
  let columns: number = Math.max(tiles.columns, vectors > MAX_INVOCATIONS ? 2 : 1);
  while (vectors % columns > 0) columns /= 2;
  const x = vectors / columns;
  let y = 1;
  while (x * y < tiles.invocations && tiles.rows * y * 2 <= ROW_ALIGNMENT) y *= 2;
  return { x, y, columns, rowsPerGroup: y * tiles.rows };
}

/** Offsets of everything in the buffers of a plan. Throws where a layer is wider or the network deeper than kernels can be. */
export function bufferLayout(capacity: PlanCapacity): BufferLayout {
  const { models, sizes, ownBatches, tiles } = capacity;
  const structure = capacity.structure ?? plainStructure(sizes.length);
  const { divisions, stages } = structure;
  const rows = up(capacity.rows, ROW_ALIGNMENT);
  if (sizes.length - 1 > MAX_LAYERS)
    throw new Error(
      `The compiled engine takes networks of up to ${MAX_LAYERS} affine layers, not ${sizes.length - 1}.`,
    );
  const whole = sizes.filter((_, l) => l > 0 && fixedVectors(structure, l) === null);
  const divided = divisions.flatMap((division) => division?.paths.map(({ width }) => width) ?? []);
  const wide = [...whole, ...divided].find((size) => size > MAX_WIDTH);
  if (wide !== undefined)
    throw new Error(`The compiled engine takes layers of up to ${MAX_WIDTH} units, not ${wide}.`);
  const wider = divisions.find((division) => division && division.vectors > 2 * MAX_INVOCATIONS);
  if (wider)
    throw new Error(
      `The compiled engine takes paths of up to ${8 * MAX_INVOCATIONS} units together, not ${4 * wider.vectors}.`,
    );
  const vectors = sizes.map((size) => size / 4);
  const activationLength: [number, number] = [0, 0];
  const deltaLength: [number, number] = [0, 0];
  const place = (
    lengths: [number, number],
    buffer: 0 | 1,
    stride: number,
    count: number,
    shared: boolean,
  ) => {
    const block = { buffer, offset: lengths[buffer], stride, perModel: shared ? 0 : rows * stride };
    lengths[buffer] += up(rows * stride * count, ALIGNMENT);
    return block;
  };
  const parity = (l: number): 0 | 1 => (l % 2 === 0 ? 0 : 1);
  const activations = vectors.map((v, l) => {
    const shared = l === 0 && !ownBatches;
    return place(activationLength, parity(l), v + 1, shared ? 1 : models, shared);
  });
  const switches = stages.map(
    (stage, l) => stage && place(activationLength, parity(l), stage.vectors, models, false),
  );
  const deltas = vectors.map((v, l) =>
    l === 0
      ? { buffer: parity(l), offset: 0, perModel: 0, stride: 0 }
      : place(deltaLength, parity(l), v + 1, models, false),
  );
  const parts = stages.map((stage, l) => {
    if (!stage) return null;
    const buffer = parity(l + 1);
    const stride = partVectors(stage);
    const perModel = stage.parts.images * stage.parts.slices * stride;
    const block = { buffer, offset: deltaLength[buffer], stride, perModel };
    deltaLength[buffer] += up(perModel * models, ALIGNMENT);
    return block;
  });
  let parameterLength = 0;
  const parameters = vectors.map((own, l) => {
    if (l === 0) return { offset: 0, perModel: 0, inputs: 0, outputs: 0 };
    const inputs = stages[l]?.inputs ?? divisions[l - 1]?.read ?? vectors[l - 1];
    const outputs = stages[l]?.outVectors ?? own;
    const perModel = up((4 * inputs + PARAMETER_TAIL_ROWS) * outputs, ALIGNMENT);
    const block = { offset: parameterLength, perModel, inputs, outputs };
    parameterLength += perModel * models;
    return block;
  });
  return {
    capacity: { ...capacity, rows },
    vectors,
    ...structure,
    activations,
    deltas,
    switches,
    parts,
    parameters,
    cuts: vectors.map((v) => workgroupShape(v, tiles)),
    activationLength: [Math.max(1, activationLength[0]), Math.max(1, activationLength[1])],
    deltaLength: [Math.max(1, deltaLength[0]), Math.max(1, deltaLength[1])],
    parameterLength,
  };
}

/** Everything a layout says of a convolution. Throws where the layer is none. */
export function stageKernelLayout(
  { stages, switches, parts }: BufferLayout,
  layer: number,
): { stage: ConvolutionStage; switches: RowBlock; parts: RowBlock } {
  const [stage, chosen, summed] = [stages[layer], switches[layer], parts[layer]];
  if (!stage || !chosen || !summed) throw new Error(`Layer ${layer} is no convolution.`);
  return { stage, switches: chosen, parts: summed };
}

/** Bytes of the largest buffer a layout asks for. */
export function largestBuffer(layout: BufferLayout): number {
  const { activationLength, deltaLength, parameterLength } = layout;
  return 16 * Math.max(...activationLength, ...deltaLength, parameterLength);
}
