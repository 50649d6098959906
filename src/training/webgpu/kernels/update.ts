import { affineGradient } from '../../../layers/affine.wgsl';
import { mergedValue, spanOfPath } from '../../../layers/merge.wgsl';
import { ADAM } from '../../optimisers';
import type { PathDivision } from '../plan/pathDivisions';
import { BIAS_ROW, stageKernelLayout, LENGTH_ROW, PSI_ROW, type BufferLayout } from '../plan/bufferLayout';
import {
  activationsBinding,
  deltasBinding,
  MAX_STEPS,
  modelsBinding,
  parametersBinding,
  readVectorsInUse,
  scratchBinding,
  unitsInUse,
  type KernelSource,
} from './kernel';
import { placeOfSums, convolutionSumRanges } from './convolutionSums';
import {
  gradientTile,
  UPDATE_WORKGROUP,
  updateRanges,
  pathVectorRanges,
  updateTiles,
  type UpdateRange,
} from './updateRanges';

/** A layer whose paths are added or multiplied, as the weights above it read it, and the number of that task. */
interface Mixed {
  layer: number;
  division: PathDivision;
  task: number;
}

function mixedLayers(layout: BufferLayout): Mixed[] {
  const found = layout.divisions.flatMap((division, layer) =>
    division && division.merge !== 'concatenate' ? [{ layer, division }] : [],
  );
  return found.map((mixed, i) => ({ ...mixed, task: 4 + i }));
}

/** One vec4 of parameters moved along its gradient. */
const OPTIMISER = `
struct Step { rate: f32, epsilon: f32, keep: f32, l2: f32, momentum: f32, sgd: bool }
fn advance(at: u32, gradient: vec4f, step: Step) {
  let now = parameters[at];
  let slope = gradient + step.l2 * now;
  if (step.sgd) {
    let velocity = step.momentum * first[at] + slope;
    first[at] = velocity;
    parameters[at] = now - step.rate * velocity;
  } else {
    let m = ${ADAM.beta1} * first[at] + ${1 - ADAM.beta1} * slope;
    let v = ${ADAM.beta2} * second[at] + ${1 - ADAM.beta2} * slope * slope;
    first[at] = m;
    second[at] = v;
    parameters[at] = step.keep * now - step.rate * m / (sqrt(v) + step.epsilon);
  }
}`;

/**
 * The gradients of weights whose activations below lie in buffer `parity` (their deltas lie in the other). They fill g, of
 * which row j of column c belongs to p.at + j·p.columns + c, set the bits of p.rows that are to be moved, and p.wide where there
 * may be more columns than one. `mixed` is the division of the layer below where its paths are added or multiplied as they are
 * read; `cutsOff`: some layer's paths read but a part.
 */
function weightsOf(layout: BufferLayout, parity: 0 | 1, cutsOff: boolean, mixed: Mixed | null): string {
  const tile = gradientTile(layout);
  const x = `activations${parity}`;
  const d = `deltas${1 - parity}`;
  const load =
    mixed &&
    ((i: number): string =>
      mergedValue(
        mixed.division.merge,
        mixed.division.paths,
        (start) => `${x}[ai + ${i + start}u]`,
        `i + ${i}u`,
      ));
  return `
fn ${mixed ? `mixed${mixed.layer}(images: u32, mix: vec4f)` : `weights${parity}(images: u32)`} {
  let i = (p.tile / p.across) * ${tile.inputs}u;
  let o = (p.tile % p.across) * ${tile.outputs}u;
  if (i >= p.inputs || o >= p.outputs${cutsOff ? ` || i + ${tile.inputs}u <= p.begin` : ''}) { return; }
  let a = p.a + i;
  let b = p.d + o;
  let aStride = p.aStride;
  let bStride = p.dStride;
  ${affineGradient(tile, x, d, load ?? undefined)}
  p.at = p.w + i * 4u * p.columns + o;
  p.rows = (1u << (4u * min(${tile.inputs}u, p.inputs - i))) - 1u;
  ${tile.outputs > 1 ? `p.wide = min(${tile.outputs}u, p.outputs - o);` : ''}
  ${cutsOff ? 'p.rows &= ~((1u << (4u * (max(p.begin, i) - i))) - 1u);' : ''}
}`;
}

/** The gradients of biases, ψ and log o, as weightsOf has those of weights. */
function vectorsOf(parity: 0 | 1): string {
  const x = `activations${parity}`;
  const d = `deltas${1 - parity}`;
  return `
fn vectors${parity}(images: u32, psiDecay: f32) -> f32 {
  let o = p.tile;
  if (o == p.columns) {
    if (p.oMode != 2u) { return 0.0; }
    p.at = p.tail;
    p.rows = ${1 << LENGTH_ROW}u;
    var byLength = 0.0;
    for (var n = 0u; n < images; n++) { byLength += ${d}[p.d + n * p.dStride + p.columns].x; }
    g[${LENGTH_ROW}] = vec4f(byLength * exp(parameters[p.tail + ${LENGTH_ROW}u * p.columns].x), 0.0, 0.0, 0.0);
    return 0.0;
  }
  if (o >= p.outputs) { return 0.0; }
  var bias = vec4f();
  var psi = vec4f();
  var a = p.a + p.aStride - 1u;
  var b = p.d + o;
  for (var n = 0u; n < images; n++) {
    let dz = ${d}[b];
    bias += dz;
    psi += ${x}[a].y * dz;
    a += p.aStride;
    b += p.dStride;
  }
  p.at = p.tail + o;
  p.rows = ${1 << BIAS_ROW}u;
  g[${BIAS_ROW}] = bias;
  if (p.psiMode < 2u) { return 0.0; }
  p.rows |= ${1 << PSI_ROW}u;
  var squares = 0.0;
  if (p.psiMode == 3u) {
    let now = parameters[p.at + ${PSI_ROW}u * p.columns];
    psi += 2.0 * psiDecay * now;
    squares = dot(now, now);
  }
  g[${PSI_ROW}] = psi;
  return squares;
}`;
}

function placeOf(
  layout: BufferLayout,
  { layer, kind, tilesAcross }: UpdateRange,
  start: number,
  mixed: readonly Mixed[],
  sums: number,
): string {
  if (layout.stages[layer])
    return placeOfSums(
      layout,
      { layer, kind, end: 0, tilesAcross },
      start,
      sums + (kind === 'weights' ? 0 : 2) + stageKernelLayout(layout, layer).parts.buffer,
    );
  const a = layout.activations[layer - 1];
  const d = layout.deltas[layer];
  const w = layout.parameters[layer];
  const hidden = layout.vectors.length - 2;
  const base = `${w.offset}u + model * ${w.perModel}u`;
  const parity = a.buffer;
  const modes =
    kind === 'vectors'
      ? `${layer > 1 ? `p.psiMode = modeOf(model, ${layer - 2}u) >> 8u;` : ''}
    ${layer <= hidden ? `p.oMode = modeOf(model, ${layer - 1}u) & 255u;` : ''}`
      : '';
  const across = Math.max(1, tilesAcross);
  const task = kind === 'weights' ? (mixed.find((m) => m.layer === layer - 1)?.task ?? parity) : 2 + parity;
  const cutsOff = kind === 'weights' && pathVectorRanges(layout, layer) !== null;
  return `
    p.tile = (group.x - ${start}u) * ${UPDATE_WORKGROUP}u + local;
    p.a = ${a.offset}u + model * ${a.perModel}u;
    p.aStride = ${a.stride}u;
    p.d = ${d.offset}u + model * ${d.perModel}u;
    p.dStride = ${d.stride}u;
    p.w = ${base};
    p.tail = ${base} + ${4 * w.inputs * w.outputs}u;
    p.columns = ${w.outputs}u;
    p.inputs = ${readVectorsInUse(layout, layer - 1)};
    p.outputs = ${unitsInUse(layout, layer)};
    p.across = ${across}u;
    ${
      cutsOff
        ? `let span = reads${layer}(p.tile % ${across}u);
    p.begin = span.x;
    p.inputs = span.y;`
        : ''
    }
    ${modes}
    task = ${task}u;`;
}

/**
 * All gradients and the optimiser's step in one dispatch: each invocation sums a tile of ∂L/∂W over the batch and moves those
 * parameters at once, so that no gradient is ever stored. (They are what SGD's first moment holds at rate 0, momentum 0.)
 */
export function updateKernel(layout: BufferLayout): KernelSource {
  const all = updateRanges(layout);
  const tiles = updateTiles(layout);
  const { models: count } = layout.capacity;
  const tile = gradientTile(layout);
  const rows = 4 * tile.inputs;
  const move = (j: string, at: string): string => `
    let gradient = g[${j}];
    advance(${at}, gradient, step);
    result.x += dot(gradient, gradient);`;
  const parities = layout.vectors.length > 2 ? ([0, 1] as const) : ([0] as const);
  const mixed = mixedLayers(layout);
  // Of convolutions: weights whose parts are in buffer 0, in buffer 1, then biases likewise.
  const sums = 4 + mixed.length;
  const convolves = layout.stages.some(Boolean);
  const spans = layout.divisions.flatMap((division, layer) => {
    const found = division && pathVectorRanges(layout, layer);
    return found ? [spanOfPath(`reads${layer}`, division.paths, found)] : [];
  });
  const cutsOff = spans.length > 0;
  return {
    label: 'update',
    bindings: [
      ...parities.flatMap((parity) => [
        activationsBinding(layout, parity, `activations${parity}`, 'read'),
        deltasBinding(layout, 1 - parity, `deltas${1 - parity}`, 'read'),
      ]),
      parametersBinding(layout, 'read_write'),
      parametersBinding(layout, 'read_write', 'first'),
      parametersBinding(layout, 'read_write', 'second'),
      scratchBinding(layout, tiles, 'read_write'),
      modelsBinding(layout),
      {
        name: 'schedule',
        resource: 'schedule',
        space: 'uniform',
        type: `array<vec4f, ${MAX_STEPS * count}>`,
      },
    ],
    body: `
struct Place {
  tile: u32, across: u32, a: u32, aStride: u32, d: u32, dStride: u32, w: u32, tail: u32,
  columns: u32, inputs: u32, outputs: u32, psiMode: u32, oMode: u32, at: u32, rows: u32,${tile.outputs > 1 ? ' wide: u32,' : ''}${cutsOff ? ' begin: u32,' : ''}
}
var<private> p: Place;
var<private> g: array<vec4f, ${rows * tile.outputs}>;
${OPTIMISER}
${spans.join('\n')}
${parities.map((parity) => weightsOf(layout, parity, cutsOff, null) + vectorsOf(parity)).join('\n')}
${mixed.map((m) => weightsOf(layout, layout.activations[m.layer].buffer, cutsOff, m)).join('\n')}
${convolves ? parities.map(convolutionSumRanges).join('\n') : ''}
@compute @workgroup_size(${UPDATE_WORKGROUP})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  var task = 0u;
  ${all.map((range, i) => `if (group.x < ${range.end}u) {${placeOf(layout, range, i === 0 ? 0 : all[i - 1].end, mixed, sums)}\n  }`).join(' else ')}
  let images = models[model].images;
  let psiDecay = models[model].psiDecay;
  var result = vec2f();
  switch (task) {
    ${parities
      .flatMap((parity) => [
        `case ${parity}u: { weights${parity}(images); }`,
        `case ${2 + parity}u: { result.y = vectors${parity}(images, psiDecay); }`,
      ])
      .join('\n    ')}
    ${mixed
      .map((m) => `case ${m.task}u: { mixed${m.layer}(images, models[model].mix[${m.division.mix}]); }`)
      .join('\n    ')}
    ${
      convolves
        ? parities
            .flatMap((parity) =>
              [0, 2].map((kind) => `case ${sums + kind + parity}u: { sums${parity}(images); }`),
            )
            .join('\n    ')
        : ''
    }
    default: {}
  }
  let k = u32(scratch[model * ${tiles + 1}u].x);
  let entry = schedule[k * ${count}u + model];
  let decays = task < 2u ||${mixed.length > 0 || convolves ? ` (task > 3u && task < ${sums + 2}u) ||` : ''} models[model].decayAll != 0u;
  let step = Step(
    entry.x,
    entry.y,
    select(1.0, entry.z, decays),
    select(0.0, entry.w, decays),
    models[model].momentum,
    models[model].optimiser == 1u,
  );
  for (var j = 0u; j < ${rows}u; j++) {
    if ((p.rows & (1u << j)) == 0u) { continue; }${
      tile.outputs > 1
        ? `
    for (var c = 0u; c < max(1u, p.wide); c++) {${move(`${rows}u * c + j`, 'p.at + j * p.columns + c')}
    }`
        : move('j', 'p.at + j * p.columns')
    }
  }
  scratch[model * ${tiles + 1}u + 1u + group.x * ${UPDATE_WORKGROUP}u + local] = result;
}`,
    workgroups: () => [all[all.length - 1].end, 1, count],
  };
}
