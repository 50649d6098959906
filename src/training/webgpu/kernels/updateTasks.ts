import type { PathDivision } from '../plan/pathDivisions';
import { stageKernelLayout, type BufferLayout } from '../plan/bufferLayout';
import { placeOfSums, SUMS_FIELDS } from './convolutionSums';
import { readVectorsInUse, unitsInUse } from './kernel';
import { pathVectorRanges, UPDATE_WORKGROUP, type UpdateRange } from './updateRanges';

/** A layer whose paths are added or multiplied: the weights above it read the merged values. */
export interface MergedLayer {
  layer: number;
  division: PathDivision;
}

export function mergedLayers(layout: BufferLayout): MergedLayer[] {
  return layout.divisions.flatMap((division, layer) =>
    division && division.merge !== 'concatenate' ? [{ layer, division }] : [],
  );
}

/**
 * What an invocation of the update can be set to: the gradient of some weights, or of some biases, ψ and log o. There is one task for
 * each pair of buffers ("parity") that it can read, because a WGSL function reads buffers it names, and one for each layer whose paths
 * are merged as they are read.
 */
export interface UpdateTask {
  /** Its name in WGSL, where it has a number. */
  name: string;
  /** The statement that fills the gradients and says where they belong. */
  call: string;
  /** Weight decay acts on weights always, on other parameters where the model says so. */
  weights: boolean;
}

const weightsTask = (parity: 0 | 1): UpdateTask => ({
  name: `WEIGHTS_${parity}`,
  call: `weights${parity}(images);`,
  weights: true,
});
const vectorsTask = (parity: 0 | 1): UpdateTask => ({
  name: `VECTORS_${parity}`,
  call: `result.y = vectors${parity}(images, psiDecay);`,
  weights: false,
});
const mergedTask = ({ layer, division }: MergedLayer): UpdateTask => ({
  name: `WEIGHTS_ABOVE_MERGE_${layer}`,
  call: `merged${layer}(images, models[model].mix[${division.mix}]);`,
  weights: true,
});
/** Convolutions: the parts of a gradient that their own kernel has left are summed. */
const sumsTask = (kind: UpdateRange['kind'], parity: 0 | 1): UpdateTask => ({
  name: kind === 'weights' ? `KERNEL_SUMS_${parity}` : `BIAS_SUMS_${parity}`,
  call: `sums${parity}(images);`,
  weights: kind === 'weights',
});

/**
 * All tasks of an update, those of both pairs of buffers even where a layout has no use for them: only buffers that the code reads are
 * part of its bind group.
 */
export function updateTasks(layout: BufferLayout, parities: readonly (0 | 1)[]): UpdateTask[] {
  const sums = layout.stages.some(Boolean)
    ? (['weights', 'vectors'] as const).flatMap((kind) => parities.map((parity) => sumsTask(kind, parity)))
    : [];
  return [
    ...parities.map(weightsTask),
    ...parities.map(vectorsTask),
    ...mergedLayers(layout).map(mergedTask),
    ...sums,
  ];
}

/** The task of a range of workgroups. */
function taskOf(layout: BufferLayout, { layer, kind }: UpdateRange): UpdateTask {
  if (layout.stages[layer]) return sumsTask(kind, stageKernelLayout(layout, layer).parts.buffer);
  const parity = layout.activations[layer - 1].buffer;
  if (kind === 'vectors') return vectorsTask(parity);
  const merged = mergedLayers(layout).find((found) => found.layer === layer - 1);
  return merged ? mergedTask(merged) : weightsTask(parity);
}

/** WGSL that sets `place` and `task` for the workgroups of a range, the first of which is `start`. */
export function placeOf(layout: BufferLayout, range: UpdateRange, start: number): string {
  const { layer, kind, tilesAcross } = range;
  const task = `task = ${taskOf(layout, range).name};`;
  if (layout.stages[layer])
    return `${placeOfSums(layout, range, start)}
    ${task}`;
  const reads = layout.activations[layer - 1];
  const deltas = layout.deltas[layer];
  const block = layout.parameters[layer];
  const hidden = layout.vectors.length - 2;
  const weights = `${block.offset}u + model * ${block.perModel}u`;
  const modes =
    kind === 'vectors'
      ? `${layer > 1 ? `place.psiMode = psiModeOf(model, ${layer - 2}u);` : ''}
    ${layer <= hidden ? `place.oMode = oModeOf(model, ${layer - 1}u);` : ''}`
      : '';
  const across = Math.max(1, tilesAcross);
  const cutsOff = kind === 'weights' && pathVectorRanges(layout, layer) !== null;
  return `
    place.tile = (group.x - ${start}u) * ${UPDATE_WORKGROUP}u + local;
    place.reads = ${reads.offset}u + model * ${reads.perModel}u;
    place.readsStride = ${reads.stride}u;
    place.deltas = ${deltas.offset}u + model * ${deltas.perModel}u;
    place.deltasStride = ${deltas.stride}u;
    place.weights = ${weights};
    place.vectors = ${weights} + ${4 * block.inputs * block.outputs}u;
    place.columns = ${block.outputs}u;
    place.inputs = ${readVectorsInUse(layout, layer - 1)};
    place.outputs = ${unitsInUse(layout, layer)};
    place.across = ${across}u;
    ${
      cutsOff
        ? `let span = reads${layer}(place.tile % ${across}u);
    place.begin = span.x;
    place.inputs = span.y;`
        : ''
    }
    ${modes}
    ${task}`;
}

/** WGSL: what an invocation of the update works on, in vec4s of the buffers. */
export const placeStruct = (severalColumns: boolean, cutsOff: boolean, convolves: boolean): string => `
struct Place {
  tile: u32,         // which tile of weights, or vec4 of a vector, this invocation has
  across: u32,       // tiles from one row of tiles to the next
  reads: u32,        // first activations that the layer reads
  readsStride: u32,  // from one image to the next
  deltas: u32,       // first deltas of the layer
  deltasStride: u32,
  weights: u32,      // first weights of the layer
  vectors: u32,      // its biases, followed by ψ and log o
  columns: u32,      // of its parameters
  inputs: u32,       // in use, of what it reads
  outputs: u32,      // in use, of its units
  psiMode: u32,
  oMode: u32,
  writes: u32,       // the parameters this invocation moves
  rows: u32,         // a bit for each row of them that is to be moved${
    severalColumns ? '\n  wide: u32,         // columns of them' : ''
  }${cutsOff ? '\n  begin: u32,        // first of the inputs that the path reads' : ''}${convolves ? SUMS_FIELDS : ''}
}`;
