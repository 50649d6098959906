import { floatLiteral } from '../../../activations/text';
import type { Activation, ElementwiseActivation } from '../../../activations/types';
import { affineForward } from '../../../layers/affine.wgsl';
import { softmaxCrossEntropyWgsl } from '../../../layers/softmaxCrossEntropy.wgsl';
import {
  activatePath,
  mergedValue,
  pathActivations,
  spanOfColumns,
  spanOfPath,
} from '../../../layers/merge.wgsl';
import { joinWgsl, joinLines, tileWgsl, LANES } from '../../../layers/wgsl';
import { NORMALISE_EPSILON } from '../../../network/spec';
import { pathReads } from '../plan/pathDivisions';
import type { BufferLayout } from '../plan/bufferLayout';
import {
  activationFunctions,
  byActivation,
  intrinsicLengthWgsl,
  isotropicOnes,
  keepsZ,
  layerActivations,
  unitValue,
} from './layerActivations';
import {
  ACTIVATION_TAIL,
  activationsBinding,
  deltasBinding,
  modelsBinding,
  parametersBinding,
  readVectorsInUse,
  type KernelSource,
} from './kernel';
import { reductionWgsl, reductionMemory } from './reduction';

/** WGSL that declares {into}0, {into}1 …, vec4s of the values that `of` gives for each row r, four rows to a vec4. */
export const gatherVectorsWgsl = (rows: number, into: string, of: (r: number) => string): string =>
  joinLines(rows / 4, (v) => `let ${into}${v} = vec4f(${joinWgsl(4, ', ', (i) => of(4 * v + i))});`);

/**
 * One layer forward in one dispatch: the affine map, then the activation (on hidden layers) or softmax cross-entropy with its gradient
 * (on the last). Paths below are merged as they are read. A workgroup holds whole rows, so that ‖z‖² or the sums of the softmax are
 * folded in its memory. Where the backward pass needs z (see keepsZ), z is stored where ∂L/∂z will be written.
 */
export function forwardKernel(layout: BufferLayout, layer: number): KernelSource {
  const { tiles, models: count, taskShape } = layout.capacity;
  const last = layer === layout.vectors.length - 1;
  const cut = layout.cuts[layer];
  const from = layout.activations[layer - 1];
  const to = layout.activations[layer];
  const block = layout.parameters[layer];
  const { rows } = tiles;
  const tile = { rows, columns: cut.columns, apart: cut.x, single: tiles.single };
  const store = (r: number, c: number, value: string): string =>
    `above[y + ${r * to.stride + c * cut.x}u] = ${value};`;
  const division = layout.divisions[layer];
  const divisionBelow = layout.divisions[layer - 1];
  const spans = pathReads(division, divisionBelow);
  const mixes = divisionBelow && divisionBelow.merge !== 'concatenate' ? divisionBelow : null;
  const column = (c: number): string => (c === 0 ? 'local.x' : `local.x + ${c * cut.x}u`);
  const normalised = layout.normalised[layer];
  const activations = layerActivations(layout, layer);
  const isotropic = isotropicOnes(activations).length > 0;
  const units = `sizeOf(model, ${layer}u)`;
  const pathValue = (r: number, c: number): string => `activatePath(${column(c)}, a${r}${c})`;
  const storeTails = (s: (r: number) => string): string => `
if (local.x == 0u) {
  ${joinLines(rows, (r) => `above[tail + ${r * to.stride}u] = vec4f(1.0, ${s(r)}, 0.0, all_norm${r >> 2}.${LANES[r & 3]});`)}
}`;
  const storePaths = `${tileWgsl(rows, cut.columns, (r, c) => store(r, c, pathValue(r, c)))}${storeTails(() => '0.0')}`;
  /** One plain layer's activations, from the sums over the images. */
  const storeActivated = (activation: Activation): string =>
    activation.kind === 'isotropic'
      ? `
  let length = lengthOf(model);
  ${joinLines(rows / 4, (v) => `let scale${v} = ${activation.wgsl.scale(`length + all_norm${v}`)};`)}
  ${joinLines(rows, (r) => `let s${r} = scale${r >> 2}.${LANES[r & 3]};`)}
  ${tileWgsl(rows, cut.columns, (r, c) => store(r, c, `s${r} * a${r}${c}`))}${storeTails((r) => `s${r}`)}`
      : `
  ${tileWgsl(rows, cut.columns, (r, c) => store(r, c, unitValue(activation, `a${r}${c}`, column(c), units)))}${storeTails(() => '0.0')}`;
  // Of normalised layers: the values and their mean square, by whose root they are divided. Tails keep what they were multiplied by.
  const values = division
    ? tileWgsl(rows, cut.columns, (r, c) => `let h${r}${c} = ${pathValue(r, c)};`)
    : `${tileWgsl(rows, cut.columns, (r, c) => `var h${r}${c} = vec4f();`)}
${byActivation(
  activations.filter(({ kind }) => kind === 'elementwise'),
  layer,
  (activation) => `
  ${tileWgsl(rows, cut.columns, (r, c) => `h${r}${c} = ${unitValue(activation as ElementwiseActivation, `a${r}${c}`, column(c), units)};`)}`,
)}`;
  const storeNormalised = `
${joinLines(rows / 4, (v) => `let scale${v} = 1.0 / sqrt(all_square${v} / f32(${units}) + ${floatLiteral(NORMALISE_EPSILON)});`)}
${joinLines(rows, (r) => `let s${r} = scale${r >> 2}.${LANES[r & 3]};`)}
${tileWgsl(rows, cut.columns, (r, c) => store(r, c, `s${r} * h${r}${c}`))}${storeTails((r) => `s${r}`)}`;
  const delta = layout.deltas[layer];
  // The bind group has the table, so that even a kernel that needs nothing of it must name it.
  const hidden = `
_ = models[model].images;
if (${keepsZ(layout, layer)}) {
  let e = ${delta.offset}u + model * ${delta.perModel}u + row * ${delta.stride}u + local.x;
  ${tileWgsl(rows, cut.columns, (r, c) => `deltas[e + ${r * delta.stride + c * cut.x}u] = a${r}${c};`)}
}
${joinLines(rows, (r) => `let n${r} = ${joinWgsl(cut.columns, ' + ', (c) => `dot(a${r}${c}, a${r}${c})`)};`)}
${gatherVectorsWgsl(rows, 'norm', (r) => `n${r}`)}
${
  normalised
    ? `${values}
${gatherVectorsWgsl(rows, 'square', (r) => joinWgsl(cut.columns, ' + ', (c) => `dot(h${r}${c}, h${r}${c})`))}`
    : ''
}
${reductionWgsl(
  cut.x,
  cut.y,
  ['norm', ...(normalised ? ['square'] : [])].flatMap((name) =>
    Array.from({ length: rows / 4 }, (_, v) => ({ name: `${name}${v}`, by: 'sum' as const })),
  ),
)}
${normalised ? storeNormalised : division ? storePaths : byActivation(activations, layer, storeActivated)}`;
  const input = layout.activations[0];
  const labels = from.buffer === input.buffer ? 'below' : 'above';
  const output = `
${tileWgsl(rows, cut.columns, (r, c) => store(r, c, `a${r}${c}`))}
let images = f32(models[model].images);
let classes = sizeOf(model, ${layer}u);
let l = ${input.offset}u + model * ${input.perModel}u + row * ${input.stride}u + ${layout.vectors[0]}u;
${joinLines(rows, (r) => `let label${r} = u32(${labels}[l + ${r * input.stride}u].${ACTIVATION_TAIL.label});`)}
${
  taskShape
    ? `let span = select(classes, ${taskShape.classes}u, models[model].taskBlocks != 0u);
${joinLines(rows, (r) => `let from${r} = label${r} / span * span;\nlet to${r} = from${r} + span;`)}`
    : ''
}
let e = ${delta.offset}u + model * ${delta.perModel}u + row * ${delta.stride}u;
${softmaxCrossEntropyWgsl({
  tile,
  ranged: Boolean(taskShape),
  fold: (quantities, again) => reductionWgsl(cut.x, cut.y, quantities, again),
  storeGradient: (r, c, value) => `deltas[e + ${r * delta.stride + c * cut.x}u + local.x] = ${value};`,
  storeRow: (r, value) => `deltas[e + ${r * delta.stride + layout.vectors[layer]}u] = ${value};`,
})}`;
  return {
    label: `forward ${layer}`,
    bindings: [
      activationsBinding(layout, layer - 1, 'below', 'read'),
      parametersBinding(layout, 'read'),
      activationsBinding(layout, layer, 'above', 'read_write'),
      modelsBinding(layout),
      deltasBinding(layout, layer, 'deltas', 'read_write'),
    ],
    body: `
${reductionMemory(cut.x, cut.y, last || normalised ? rows / 2 : rows / 4)}
${activationFunctions(division ? pathActivations(division.paths) : activations)}
${division ? activatePath(division.paths) : ''}
${isotropic ? intrinsicLengthWgsl(layout, layer) : ''}
${division && spans ? spanOfPath('reads', division.paths, spans) : ''}
@compute @workgroup_size(${cut.x}, ${cut.y})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let row = (group.x * ${cut.y}u + local.y) * ${rows}u;
  let x = ${from.offset}u + model * ${from.perModel}u + row * ${from.stride}u;
  let w = ${block.offset}u + model * ${block.perModel}u + local.x;
  ${
    spans
      ? `${spanOfColumns(
          'reads',
          Array.from({ length: cut.columns }, (_, c) => column(c)),
        )}
  let inner = span.y;`
      : `let inner = ${readVectorsInUse(layout, layer - 1)};`
  }
  ${mixes ? `let mix = models[model].mix[${mixes.mix}];` : ''}
  let y = ${to.offset}u + model * ${to.perModel}u + row * ${to.stride}u + local.x;
  let tail = y + ${layout.vectors[layer]}u - local.x;
  ${affineForward(
    tile,
    {
      stride: from.stride,
      inputs: block.inputs,
      outputs: block.outputs,
      psi: isotropicOnes(layerActivations(layout, layer - 1)).length > 0,
    },
    {
      begin: spans ? 'span.x' : undefined,
      load: mixes
        ? (r, lane) =>
            mergedValue(
              mixes.merge,
              mixes.paths,
              (start) => `below[x + k + ${r * from.stride + start}u]${lane}`,
              'k',
              lane,
            )
        : undefined,
    },
  )}
  ${last ? output : hidden}
}`,
    workgroups: (images) => [Math.ceil(images / cut.rowsPerGroup), 1, count],
  };
}
