import { spanOfPath } from '../../../layers/merge.wgsl';
import { ADAM } from '../../optimisers';
import type { BufferLayout } from '../plan/bufferLayout';
import { convolutionSumRanges } from './convolutionSums';
import {
  activationsBinding,
  deltasBinding,
  MAX_STEPS,
  modelsBinding,
  parametersBinding,
  scratchBinding,
  type KernelSource,
} from './kernel';
import { vectorGradients, weightGradients } from './updateGradients';
import { gradientTile, pathVectorRanges, UPDATE_WORKGROUP, updateRanges, updateTiles } from './updateRanges';
import { mergedLayers, placeOf, placeStruct, updateTasks } from './updateTasks';

/** WGSL: an entry of the schedule (see scheduleEntry), and one vec4 of parameters moved along its gradient. */
const OPTIMISER = `
struct ScheduleEntry { rate: f32, epsilon: f32, keep: f32, l2: f32 }
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
 * All gradients and the optimiser's step in one dispatch: each invocation sums a tile of ∂L/∂W over the batch and moves these
 * parameters at once, so that no gradient is ever stored. (At rate 0 and momentum 0 the first moment of SGD is the gradient: so tests
 * read it.)
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
  const merged = mergedLayers(layout);
  const tasks = updateTasks(layout, parities);
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
        type: `array<ScheduleEntry, ${MAX_STEPS * count}>`,
      },
    ],
    body: `
${placeStruct(tile.outputs > 1, cutsOff, convolves)}
${tasks.map(({ name }, i) => `const ${name} = ${i}u;`).join('\n')}
var<private> place: Place;
var<private> g: array<vec4f, ${rows * tile.outputs}>;
${OPTIMISER}
${spans.join('\n')}
${parities.map((parity) => weightGradients(layout, parity, cutsOff, null) + vectorGradients(parity)).join('\n')}
${merged.map((m) => weightGradients(layout, layout.activations[m.layer].buffer, cutsOff, m)).join('\n')}
${convolves ? parities.map(convolutionSumRanges).join('\n') : ''}
@compute @workgroup_size(${UPDATE_WORKGROUP})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  var task = 0u;
  ${all.map((range, i) => `if (group.x < ${range.end}u) {${placeOf(layout, range, i === 0 ? 0 : all[i - 1].end)}\n  }`).join(' else ')}
  let images = models[model].images;
  let psiDecay = models[model].psiDecay;
  var result = vec2f();
  switch (task) {
    ${tasks.map(({ name, call }) => `case ${name}: { ${call} }`).join('\n    ')}
    default: {}
  }
  let k = u32(scratch[model * ${tiles + 1}u].x);
  let entry = schedule[k * ${count}u + model];
  let decays = ${tasks
    .filter(({ weights }) => weights)
    .map(({ name }) => `task == ${name}`)
    .join(' || ')} || models[model].decayAll != 0u;
  let step = Step(
    entry.rate,
    entry.epsilon,
    select(1.0, entry.keep, decays),
    select(0.0, entry.l2, decays),
    models[model].momentum,
    models[model].optimiser == OPTIMISER_SGD,
  );
  for (var j = 0u; j < ${rows}u; j++) {
    if ((place.rows & (1u << j)) == 0u) { continue; }${
      tile.outputs > 1
        ? `
    for (var c = 0u; c < max(1u, place.wide); c++) {${move(`${rows}u * c + j`, 'place.writes + j * place.columns + c')}
    }`
        : move('j', 'place.writes + j * place.columns')
    }
  }
  scratch[model * ${tiles + 1}u + 1u + group.x * ${UPDATE_WORKGROUP}u + local] = result;
}`,
    workgroups: () => [all[all.length - 1].end, 1, count],
  };
}
