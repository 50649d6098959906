import { affineBackward } from '../../../layers/affine.wgsl';
import { ENERGY } from '../../../layers/energy.wgsl';
import { ISOTROPIC_TANH } from '../../../layers/isotropicTanh.wgsl';
import { joined, lines, tiled, XYZW } from '../../../layers/wgsl';
import { LENGTH_ROW, PSI_ROW, type Layout } from '../plan/layout';
import { gathered, lengthOf } from './forward';
import { activations, deltas, models, parameters, unitsInUse, type Kernel } from './kernel';
import { energyOf } from './measured';
import { reduction, reductionMemory } from './reduction';

/**
 * One hidden layer backward in one dispatch: ∂L/∂h from the layer above, plus λ·∂E/∂h, through the activation to ∂L/∂z.
 * The tail of each row gets (∂L/∂o, Σ of the measure's terms, 0, 0). With z = h/s: ∂z = s·∂h + g·(∂h·z + ∂L/∂s)·z,
 * where ψ gives ∂L/∂s = ∂z above · ψ, and ∂L/∂o = ½·g·(∂h·z + ∂L/∂s). λ·∂E/∂z is added last where E is of pre-activations.
 */
export function backwardKernel(layout: Layout, layer: number): Kernel {
  const { tiles, models: count } = layout.capacity;
  const cut = layout.cuts[layer];
  const { rows } = tiles;
  const tile = { rows, columns: cut.columns, apart: cut.x, single: tiles.single };
  const own = layout.parameters[layer];
  const block = layout.parameters[layer + 1];
  const above = layout.deltas[layer + 1];
  const to = layout.deltas[layer];
  const h = layout.activations[layer];
  const index = `${own.offset}u + model * ${own.perModel}u + ${(4 * own.inputs + LENGTH_ROW) * own.outputs}u`;
  const at = (r: number, c: number): string => `y + ${r * to.stride + c * cut.x}u`;
  const normalised = layout.normalised[layer];
  const radial = `
  ${lines(rows, (r) => `var radial${r} = 0.0;`)}
  if (kind == 0u) {
    ${lines(rows, (r) => `radial${r} = (${joined(cut.columns, ' + ', (c) => `dot(a${r}${c}, h${r}${c})`)}) / tail${r}.y;`)}
    if ((modeOf(model, ${layer - 1}u) >> 8u) != 0u) {
      for (var o = local.x; o < inner; o += ${cut.x}u) {
        let p = parameters[psi + o];
        ${lines(rows, (r) => `radial${r} += dot(deltas[d + o + ${r * above.stride}u], p);`)}
      }
    }
  }`;
  const isotropic = `
  ${lines(rows, (r) => `var byLength${r} = 0.0;`)}
  if (kind == 0u) {
    let length = lengthOf(model);
    ${gathered(rows, 'norm', (r) => `tail${r}.w`)}
    ${gathered(rows, 'scale', (r) => `tail${r}.y`)}
    ${lines(rows / 4, (v) => `let pull_${v} = isotropicSlope(length + norm${v}, scale${v}) * all_radial_${v};`)}
    ${lines(
      rows,
      (r) => `let pull${r} = pull_${r >> 2}.${XYZW[r & 3]};
    byLength${r} = 0.5 * pull${r};
    ${lines(cut.columns, (c) => `below[${at(r, c)}] = tail${r}.y * a${r}${c} + (pull${r} / tail${r}.y) * h${r}${c};`)}`,
    )}
  } else `;
  // Before the normalisation h was h/s, and ∂L/∂(h/s) = s·(∂h − h·mean(∂h·h)).
  const unscaled = normalised
    ? `let units = f32(sizeOf(model, ${layer}u));
  ${tiled(
    rows,
    cut.columns,
    (r, c) =>
      `a${r}${c} = tail${r}.y * (a${r}${c} - (all_radial_${r >> 2}.${XYZW[r & 3]} / units) * h${r}${c});`,
  )}
  ${tiled(rows, cut.columns, (r, c) => `let f${r}${c} = h${r}${c} / tail${r}.y;`)}`
    : '';
  const f = normalised ? 'f' : 'h';
  const elementwise = `${unscaled}
  if (kind == 1u) {
    ${tiled(rows, cut.columns, (r, c) => `below[${at(r, c)}] = a${r}${c} * (1.0 - ${f}${r}${c} * ${f}${r}${c});`)}
  } else {
    ${tiled(rows, cut.columns, (r, c) => `below[${at(r, c)}] = select(vec4f(), a${r}${c}, h${r}${c} > vec4f());`)}
  }`;
  return {
    label: `backward ${layer}`,
    bindings: [
      deltas(layout, layer + 1, 'deltas', 'read'),
      parameters(layout, 'read'),
      activations(layout, layer, 'activations', 'read'),
      deltas(layout, layer, 'below', 'read_write'),
      models(layout),
    ],
    body: `
${reductionMemory(cut.x, cut.y, rows / 2)}
${ISOTROPIC_TANH}
${ENERGY}
${lengthOf(layer - 1, index)}
@compute @workgroup_size(${cut.x}, ${cut.y})
fn main(@builtin(local_invocation_id) local: vec3u, @builtin(workgroup_id) group: vec3u) {
  let model = group.z;
  let row = (group.x * ${cut.y}u + local.y) * ${rows}u;
  let d = ${above.offset}u + model * ${above.perModel}u + row * ${above.stride}u;
  let psi = ${block.offset}u + model * ${block.perModel}u + ${(4 * block.inputs + PSI_ROW) * block.outputs}u;
  let w = ${block.offset}u + model * ${block.perModel}u + local.x * ${4 * block.outputs}u;
  let inner = ${unitsInUse(layout, layer + 1)};
  ${affineBackward(tile, { stride: above.stride, outputs: block.outputs })}
  let hAt = ${h.offset}u + model * ${h.perModel}u + row * ${h.stride}u;
  let y = ${to.offset}u + model * ${to.perModel}u + row * ${to.stride}u + local.x;
  ${tiled(rows, cut.columns, (r, c) => `let h${r}${c} = activations[hAt + ${r * h.stride + c * cut.x}u + local.x];`)}
  ${energyOf(
    layout,
    layer,
    rows,
    Array.from({ length: cut.columns }, (_, c) => ({
      h: (r) => `h${r}${c}`,
      z: (r) => `below[${at(r, c)}]`,
      u: (r) => `u${r}${c}`,
    })),
    (quantities) => reduction(cut.x, cut.y, quantities),
  )}
  if (lambda != 0.0 && site == 0u) {
    ${tiled(rows, cut.columns, (r, c) => `a${r}${c} += weight * energySlope(measure, u${r}${c}, hoyer${r});`)}
  }
  let kind = models[model].activation;
  ${lines(rows, (r) => `let tail${r} = activations[hAt + ${r * h.stride + layout.vectors[layer]}u];`)}
  ${
    normalised
      ? lines(
          rows,
          (r) => `let radial${r} = ${joined(cut.columns, ' + ', (c) => `dot(a${r}${c}, h${r}${c})`)};`,
        )
      : radial
  }
  ${gathered(rows, 'radial_', (r) => `radial${r}`)}
  ${reduction(
    cut.x,
    cut.y,
    [
      ...Array.from({ length: rows / 4 }, (_, v) => ({ name: `radial_${v}`, by: 'sum' as const })),
      ...Array.from({ length: rows / 4 }, (_, v) => ({ name: `energy${v}`, by: 'sum' as const })),
    ],
    true,
  )}
  ${normalised ? '' : isotropic}${elementwise}
  if (lambda != 0.0 && site != 0u) {
    ${tiled(rows, cut.columns, (r, c) => `below[${at(r, c)}] += weight * energySlope(measure, u${r}${c}, hoyer${r});`)}
  }
  if (local.x == 0u) {
    ${lines(
      rows,
      (r) =>
        `below[y + ${r * to.stride + layout.vectors[layer]}u] = vec4f(${normalised ? '0.0' : `byLength${r}`}, all_energy${r >> 2}.${XYZW[r & 3]} + hoyerEnergy${r >> 2}.${XYZW[r & 3]}, 0.0, 0.0);`,
    )}
  }
}`,
    workgroups: (images) => [Math.ceil(images / cut.rowsPerGroup), 1, count],
  };
}
