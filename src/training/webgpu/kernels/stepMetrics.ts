import { joinLines } from '../../../layers/wgsl';
import { METRIC_COLUMNS } from '../../engine';
import type { BufferLayout } from '../plan/bufferLayout';
import { deltasBinding, modelsBinding, scratchBinding, type KernelSource } from './kernel';

const GROUP = 64;

/** Floats of one row of the ring: METRIC_COLUMNS, then E by hidden layer. */
export function metricColumns(layout: BufferLayout): number {
  return METRIC_COLUMNS.length + layout.vectors.length - 2;
}

/**
 * One row of metrics for each model, from what the step has left in the tails of its deltas and in `scratch`, written
 * to the ring. Then the step counter of the model is advanced. Where λ is 0 the penalty is exactly 0, even where E has
 * overflowed.
 */
export function finishKernel(layout: BufferLayout, tiles: number, ringRows: number): KernelSource {
  const { models: count } = layout.capacity;
  const hidden = layout.vectors.length - 2;
  const columns = metricColumns(layout);
  const last = layout.vectors.length - 1;
  const tail = (l: number): string => {
    const d = layout.deltas[l];
    return `deltas${d.buffer}[${d.offset + layout.vectors[l]}u + model * ${d.perModel}u + n * ${d.stride}u]`;
  };
  const quantities = hidden + 4;
  const parities = hidden > 0 ? [1, 2] : [1];
  return {
    label: 'finish',
    bindings: [
      ...parities.map((l) => deltasBinding(layout, l, `deltas${l % 2}`, 'read')),
      scratchBinding(layout, tiles, 'read_write'),
      {
        name: 'ring',
        resource: 'ring',
        space: 'read_write',
        type: `array<f32, ${ringRows * count * columns}>`,
      },
      modelsBinding(layout),
    ],
    body: `
var<workgroup> sums: array<array<f32, ${quantities}>, ${GROUP}>;
@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let images = models[model].images;
  let base = model * ${tiles + 1}u;
  var loss = vec2f();
  ${joinLines(hidden, (l) => `var energy${l} = 0.0;`)}
  for (var n = local; n < images; n += ${GROUP}u) {
    loss += ${tail(last)}.xy;
    ${joinLines(hidden, (l) => `energy${l} += ${tail(l + 1)}.y;`)}
  }
  var squares = vec2f();
  for (var i = local; i < ${tiles}u; i += ${GROUP}u) { squares += scratch[base + 1u + i]; }
  sums[local][0] = loss.x;
  sums[local][1] = loss.y;
  sums[local][2] = squares.x;
  sums[local][3] = squares.y;
  ${joinLines(hidden, (l) => `sums[local][${4 + l}] = energy${l};`)}
  workgroupBarrier();
  if (local < ${quantities}u) {
    var sum = 0.0;
    for (var i = 0u; i < ${GROUP}u; i++) { sum += sums[i][local]; }
    sums[0][local] = sum;
  }
  workgroupBarrier();
  if (local == 0u) {
    let k = u32(scratch[base].x);
    let row = ((models[model].ring + k) * ${count}u + model) * ${columns}u;
    let measure = models[model].measure;
    let lambda = models[model].lambda;
    let n = f32(images);
    var energy = 0.0;
    ${joinLines(
      hidden,
      (l) => `var e${l} = sums[0][${4 + l}] / n;
    if (measure == MEAN_SQUARE) { e${l} /= f32(sizeOf(model, ${l + 1}u)); }
    energy += e${l};
    ring[row + ${METRIC_COLUMNS.length + l}u] = e${l};`,
    )}
    ${hidden > 1 ? `if (measure == MEAN_SQUARE) { energy /= ${hidden}.0; }` : ''}
    ring[row] = sums[0][0] / n;
    ring[row + 1u] = energy;
    var penalty = 0.0;
    if (lambda != 0.0) { penalty = lambda * energy; }
    ring[row + 2u] = penalty;
    ring[row + 3u] = models[model].psiDecay * sums[0][3];
    ring[row + 4u] = sums[0][1];
    ring[row + 5u] = sqrt(sums[0][2]);
    scratch[base].x = f32(k + 1u);
  }
}`,
    workgroups: () => [1, 1, count],
  };
}
