import { joinWgsl, joinLines, tileWgsl, LANES } from './wgsl';
import type { RegisterTile } from './affine.wgsl';

interface Quantity {
  name: string;
  by: 'sum' | 'max';
}

interface Surroundings {
  tile: RegisterTile;
  /** Each image is scored on the classes from{r} … to{r}−1 of its own task, which are in scope, and not on all. */
  ranged: boolean;
  /**
   * WGSL that declares all_{name}: each quantity (a vec4, one component per image) summed or maximised over the
   * invocations that share rows.
   */
  fold: (quantities: Quantity[], again: boolean) => string;
  storeGradient: (row: number, column: number, value: string) => string;
  /** WGSL that stores (loss, 1 for a right answer, 0, 0) of an image. */
  storeRow: (row: number, value: string) => string;
}

/**
 * Cross-entropy (nats), right answers and ∂(mean loss)/∂logits of the logits in the tile a{r}{c}. In scope: `local`,
 * `label{r}`, `classes` (in use) and `images` (f32), which the mean is over. An answer is right where no class has a larger logit and no
 * earlier one an equal one, as with argmax.
 */
export function softmaxCrossEntropyWgsl({
  tile,
  ranged,
  fold,
  storeGradient,
  storeRow,
}: Surroundings): string {
  const { rows, columns, apart } = tile;
  const groups = rows / 4;
  const perRow = (name: string, r: number): string => `${name}${r >> 2}.${LANES[r & 3]}`;
  const gather = (into: string, of: (r: number) => string): string =>
    joinLines(groups, (v) => `let ${into}${v} = vec4f(${joinWgsl(4, ', ', (i) => of(4 * v + i))});`);
  const named = (name: string, by: Quantity['by']): Quantity[] =>
    Array.from({ length: groups }, (_, v) => ({ name: `${name}${v}`, by }));
  const largest = (v: string): string => `max(max(${v}.x, ${v}.y), max(${v}.z, ${v}.w))`;
  const sum = (v: string): string => `dot(${v}, vec4f(1.0))`;
  const over = (by: 'sum' | 'max', of: (c: number) => string): string =>
    Array.from({ length: columns }, (_, c) => of(c)).reduce((a, b) =>
      by === 'sum' ? `${a} + ${b}` : `max(${a}, ${b})`,
    );
  const live = (r: number, c: number): string => (ranged ? `live${r}${c}` : `live${c}`);
  return `
${joinLines(columns, (c) => `let class${c} = vec4u(4u * (local.x + ${c * apart}u)) + vec4u(0u, 1u, 2u, 3u);`)}
${
  ranged
    ? tileWgsl(
        rows,
        columns,
        (r, c) => `let live${r}${c} = (class${c} >= vec4u(from${r})) & (class${c} < vec4u(to${r}));`,
      )
    : joinLines(columns, (c) => `let live${c} = class${c} < vec4u(classes);`)
}
${tileWgsl(rows, columns, (r, c) => `let hot${r}${c} = select(vec4f(), vec4f(1.0), class${c} == vec4u(label${r}));`)}
${tileWgsl(rows, columns, (r, c) => `let l${r}${c} = select(vec4f(-3e38), a${r}${c}, ${live(r, c)});`)}
${gather('highest', (r) => over('max', (c) => largest(`l${r}${c}`)))}
${gather('truth', (r) => over('sum', (c) => sum(`select(vec4f(), a${r}${c}, class${c} == vec4u(label${r}))`)))}
${fold([...named('highest', 'max'), ...named('truth', 'sum')], false)}
${tileWgsl(rows, columns, (r, c) => `let e${r}${c} = select(vec4f(), exp(l${r}${c} - ${perRow('all_highest', r)}), ${live(r, c)});`)}
${gather('total', (r) => over('sum', (c) => sum(`e${r}${c}`)))}
${gather('better', (r) =>
  over('sum', (c) =>
    sum(
      `select(vec4f(), vec4f(1.0), (l${r}${c} > vec4f(${perRow('all_truth', r)})) | ` +
        `((l${r}${c} == vec4f(${perRow('all_truth', r)})) & (class${c} < vec4u(label${r}))))`,
    ),
  ),
)}
${fold([...named('total', 'sum'), ...named('better', 'sum')], true)}
${tileWgsl(rows, columns, (r, c) =>
  storeGradient(r, c, `(e${r}${c} / ${perRow('all_total', r)} - hot${r}${c}) / images`),
)}
if (local.x == 0u) {
  ${joinLines(rows, (r) => {
    const loss = `log(${perRow('all_total', r)}) + (${perRow('all_highest', r)} - ${perRow('all_truth', r)})`;
    return storeRow(r, `vec4f(${loss}, select(0.0, 1.0, ${perRow('all_better', r)} == 0.0), 0.0, 0.0)`);
  })}
}`;
}
