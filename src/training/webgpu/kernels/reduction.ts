import { joinWgsl, joinLines } from '../../../layers/wgsl';

export interface ReducedQuantity {
  /** A vec4f in scope in every invocation. */
  name: string;
  by: 'sum' | 'max';
}

/** Values are reduced four to one until so few are left; these each invocation reduces by itself. */
const FEW = 8;

/** How many values are left for each row before the first reduction, after it, after the second, and so on. */
function levels(x: number): number[] {
  const sizes = [x];
  while (sizes[sizes.length - 1] > FEW) sizes.push(Math.ceil(sizes[sizes.length - 1] / 4));
  return sizes;
}

/**
 * WGSL that declares the workgroup memory of reductions: up to `most` quantities over x invocations, for each of y
 * rows of invocations.
 */
export function reductionMemory(x: number, y: number, most: number): string {
  const size = levels(x).reduce((a, b) => a + b) * y * most;
  return `var<workgroup> folded: array<vec4f, ${size}>;`;
}

const fold = (by: ReducedQuantity['by'], a: string, b: string): string =>
  by === 'sum' ? `${a} + ${b}` : `max(${a}, ${b})`;

/**
 * WGSL that declares all_{name}: the sum or maximum of each quantity over the x invocations of a row of invocations,
 * known to all of them. An invocation is number `local.x` of row `local.y`. `again` says that the workgroup memory was
 * used before in this kernel. Only in uniform control flow, because there are barriers.
 */
export function reductionWgsl(x: number, y: number, quantities: ReducedQuantity[], again = false): string {
  const sizes = levels(x);
  const q = quantities.length;
  let base = 0;
  const slot = (from: number, size: number, i: number, lane: string): string =>
    `${from + i * size * y}u + local.y * ${size}u + ${lane}`;
  let code = again ? 'workgroupBarrier();\n' : '';
  code += joinLines(q, (i) => `folded[${slot(0, x, i, 'local.x')}] = ${quantities[i].name};`);
  code += '\nworkgroupBarrier();';
  for (let level = 1; level < sizes.length; level++) {
    const [from, to] = [sizes[level - 1], sizes[level]];
    const next = base + from * y * q;
    code += `
if (local.x < ${to}u) {
  ${joinLines(q, (i) => {
    const { by } = quantities[i];
    const even = from === 4 * to;
    return `var f${i} = folded[${slot(base, from, i, '4u * local.x')}];
  ${joinLines(3, (j) => {
    const step = `f${i} = ${fold(by, `f${i}`, `folded[${slot(base, from, i, `4u * local.x + ${j + 1}u`)}]`)};`;
    return even ? step : `if (4u * local.x + ${j + 1}u < ${from}u) { ${step} }`;
  })}
  folded[${slot(next, to, i, 'local.x')}] = f${i};`;
  })}
}
workgroupBarrier();`;
    base = next;
  }
  const last = sizes[sizes.length - 1];
  code += '\n';
  code += joinLines(q, (i) => {
    const { name, by } = quantities[i];
    const values = Array.from({ length: last }, (_, j) => `folded[${slot(base, last, i, `${j}u`)}]`);
    return `let all_${name} = ${
      by === 'sum' ? joinWgsl(last, ' + ', (j) => values[j]) : values.reduce((a, b) => `max(${a}, ${b})`)
    };`;
  });
  return code;
}
