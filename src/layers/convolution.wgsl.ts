import { joinWgsl, joinLines, LANES } from './wgsl';

/**
 * The products of a 3×3 convolution with 2×2 max pooling as WGSL text. Units are stored as [y][x][channel], four
 * channels to a vec4. Only the first stage reads its picture as the data give it, [channel][y][x]. Kernels are stored
 * as [in, out], four outputs to a vec4: their rows are numbered (3·dy + dx)·4·inVectors + channel, those of a first
 * stage 9·channel + 3·dy + dx. A row of biases follows.
 */
export interface StageShape {
  inChannels: number;
  inHeight: number;
  inWidth: number;
  /** Rows and columns after pooling. */
  height: number;
  width: number;
  first: boolean;
  inVectors: number;
  outVectors: number;
  inputs: number;
}

/**
 * WGSL that declares {name}: what a stage reads at `line` and `column`, of channel `k` (first stage) or of the vec4
 * `k` of channels. The image begins at x[{from}]. Outside the image it is 0.
 */
function read(
  { inHeight, inWidth, inVectors, first }: StageShape,
  { name, x, from, line, column, k }: Record<'name' | 'x' | 'from' | 'line' | 'column' | 'k', string>,
): string {
  // Lines and columns before the first wrap around to large numbers; reading there is discarded.
  const inside = `${line} < ${inHeight}u && ${column} < ${inWidth}u`;
  if (!first)
    return `let ${name} = select(vec4f(), ${x}[${from} + (${line} * ${inWidth}u + ${column}) * ${inVectors}u + ${k}], ${inside});`;
  return `let ${name}At = select(0u, (${k} * ${inHeight}u + ${line}) * ${inWidth}u + ${column}, ${inside});
  let ${name} = select(0.0, ${x}[${from} + (${name}At >> 2u)][${name}At & 3u], ${inside});`;
}

/**
 * WGSL that declares a0 … a3: the sums at the four places (2·dy + dx) that are pooled into the unit at `line` and
 * `column`, for the four channels of vec4 `o`. In scope: `below` and `x` (where the image begins), `parameters` and
 * `w` (where the parameters of the stage begin).
 */
export function convolutionForward(stage: StageShape): string {
  const { first, inChannels, inVectors, outVectors, inputs } = stage;
  const places = [0, 1, 2, 3];
  // For one row of a kernel: two rows of four columns of what is read.
  const reads = joinLines(2, (dy) =>
    joinLines(4, (dx) =>
      read(stage, {
        name: `x${dy}${dx}`,
        x: 'below',
        from: 'x',
        line: `line${dy}`,
        column: `column${dx}`,
        k: 'k',
      }),
    ),
  );
  const term = (place: number, dx: number): string => {
    const value = `x${place >> 1}${(place & 1) + dx}`;
    return first ? `${value} * w${dx}0` : joinWgsl(4, ' + ', (j) => `${value}.${LANES[j]} * w${dx}${j}`);
  };
  const row = first ? `9u * k + 3u * ky` : `(3u * ky) * ${4 * inVectors}u + 4u * k`;
  const apart = first ? 1 : 4 * inVectors;
  return `
let bias = parameters[w + ${4 * inputs * outVectors}u + o];
${joinLines(4, (place) => `var a${place} = bias;`)}
${joinLines(4, (dx) => `let column${dx} = 2u * column + ${dx}u - 1u;`)}
for (var k = 0u; k < ${first ? inChannels : inVectors}u; k++) {
  for (var ky = 0u; ky < 3u; ky++) {
    let line0 = 2u * line + ky - 1u;
    let line1 = line0 + 1u;
    let at = w + (${row}) * ${outVectors}u + o;
    ${reads}
    ${joinLines(3, (dx) => joinLines(first ? 1 : 4, (j) => `let w${dx}${j} = parameters[at + ${(dx * apart + j) * outVectors}u];`))}
    ${places.map((place) => `a${place} += ${joinWgsl(3, ' + ', (dx) => term(place, dx))};`).join('\n    ')}
  }
}`;
}

/**
 * WGSL that declares a{r}0 for `rows` images: ∂L/∂(what the stage reads) at `line` and `column`, for the four channels
 * of vec4 `k`. In scope: `deltas` and `d` (where those of the first image begin), `switches` and `s` (likewise),
 * `parameters` and `w`. The strides lead from one image to the next.
 */
export function convolutionBackward(
  { height, width, inVectors, outVectors }: StageShape,
  rows: number,
  stride: { deltas: number; switches: number },
): string {
  return `
${joinLines(rows, (r) => `var a${r}0 = vec4f();`)}
for (var tap = 0u; tap < 9u; tap++) {
  let toLine = line + 1u - tap / 3u;
  let toColumn = column + 1u - tap % 3u;
  // An odd last line or column is not pooled, and so wants nothing.
  if (toLine >= ${2 * height}u || toColumn >= ${2 * width}u) { continue; }
  let place = vec4f(f32((toLine & 1u) * 2u + (toColumn & 1u)));
  let cell = ((toLine >> 1u) * ${width}u + (toColumn >> 1u)) * ${outVectors}u;
  for (var o = 0u; o < ${outVectors}u; o++) {
    ${joinLines(4, (j) => `let w${j} = parameters[w + (tap * ${4 * inVectors}u + 4u * k + ${j}u) * ${outVectors}u + o];`)}
    ${joinLines(
      rows,
      (
        r,
      ) => `let d${r} = select(vec4f(), deltas[d + cell + o + ${r * stride.deltas}u], switches[s + cell + o + ${r * stride.switches}u] == place);
    a${r}0 += vec4f(${joinWgsl(4, ', ', (j) => `dot(d${r}, w${j})`)});`,
    )}
  }
}`;
}

/**
 * WGSL of two functions that compute one part of a stage's gradient, from some rows of units of some images.
 * kernelPart(item, at) does so for the kernels: an item is a vec4 of them in the first stage, and four vec4s, of one
 * vec4 of channels, in others. biasPart(o, at) does so for vec4 `o` of the biases. Both read `deltas`, `switches` and
 * `below` from at.d, at.s and at.x on, and store in `parts` from at.to on.
 */
export function convolutionGradient(
  stage: StageShape,
  stride: { deltas: number; switches: number; below: number },
): string {
  const { first, height, width, inVectors, outVectors } = stage;
  const overUnits = (body: string): string => `
  for (var n = at.firstImage; n < at.images; n += at.imageStep) {
    let d = at.d + n * ${stride.deltas}u + o;
    let s = at.s + n * ${stride.switches}u + o;
    let x = at.x + n * ${stride.below}u;
    for (var line = at.firstLine; line < ${height}u; line += at.lineStep) {
      for (var column = 0u; column < ${width}u; column++) {
        let cell = (line * ${width}u + column) * ${outVectors}u;
        ${body}
      }
    }
  }`;
  const lane = (j: number): string => `
        let line${j} = 2u * line + (place.${LANES[j]} >> 1u) + dy - 1u;
        let column${j} = 2u * column + (place.${LANES[j]} & 1u) + dx - 1u;
        ${read(stage, { name: `v${j}`, x: 'below', from: 'x', line: `line${j}`, column: `column${j}`, k: 'k' })}`;
  const summed = first
    ? 'g += deltas[d + cell] * vec4f(v0, v1, v2, v3);'
    : `let delta = deltas[d + cell];
        ${joinLines(4, (j) => `g${j} += delta.${LANES[j]} * v${j};`)}`;
  return `
struct Part { firstImage: u32, images: u32, imageStep: u32, firstLine: u32, lineStep: u32, d: u32, s: u32, x: u32, to: u32 }
fn kernelPart(item: u32, at: Part) {
  let o = item % ${outVectors}u;
  let row = item / ${outVectors}u;
  let k = ${first ? 'row / 9u' : `row % ${inVectors}u`};
  let tap = ${first ? 'row % 9u' : `row / ${inVectors}u`};
  let dy = tap / 3u;
  let dx = tap % 3u;
  ${first ? 'var g = vec4f();' : joinLines(4, (j) => `var g${j} = vec4f();`)}
  ${overUnits(`let place = vec4u(switches[s + cell]);
        ${joinLines(4, lane)}
        ${summed}`)}
  ${
    first
      ? 'parts[at.to + item] = g;'
      : joinLines(
          4,
          (j) =>
            `parts[at.to + (4u * row + ${j}u) * ${outVectors}u + o] = vec4f(${joinWgsl(4, ', ', (i) => `g${i}.${LANES[j]}`)});`,
        )
  }
}
fn biasPart(o: u32, at: Part) {
  var g = vec4f();
  ${overUnits('g += deltas[d + cell];')}
  parts[at.to + ${4 * stage.inputs * outVectors}u + o] = g;
}`;
}
