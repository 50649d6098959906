import { unitAt } from './unitAxis';
import type { StageRectangle, StageLayout } from './layout';
import type { StageHover } from '../model/highlight';

const inside = (b: StageRectangle | null, x: number, y: number): boolean =>
  b !== null && x >= b.x && x < b.x + b.w && y >= b.y && y < b.y + b.h;

/** What stands at a point of the stage. `units` are those on the tiles, in turn; `depth` is the number of hidden layers. */
export function hitTest(
  layout: StageLayout,
  units: readonly (number | null)[],
  depth: number,
  x: number,
  y: number,
): StageHover | null {
  const { focus, rows, columns } = layout;
  const on = (box: StageRectangle): boolean => inside(box, x, y);
  const tile = Math.max(layout.tiles.findIndex(on), layout.maps.findIndex(on));
  if (tile >= 0) {
    const unit = units.at(tile) ?? null;
    return unit === null ? null : { kind: 'unit', layer: focus, unit };
  }
  if (inside(layout.bars, x, y)) {
    const row = unitAt(rows, y);
    if (row === null) return null;
    if (!layout.shapes[focus].merged) return { kind: 'unit', layer: focus, unit: row };
    const path = layout.paths.find(({ box }) => inside(box, x, y));
    return path ? { kind: 'unit', layer: focus, unit: path.path * rows.n + row } : null;
  }
  if (layout.matrix && columns && inside(layout.matrix, x, y)) {
    const from = unitAt(layout.inner, y);
    const column = unitAt(columns, x);
    if (from === null || column === null) return null;
    const to = layout.stairs ? columns.n - 1 - column : column;
    return { kind: 'weight', layer: focus + 1, from, to };
  }
  if (columns && inside(layout.next, x, y)) {
    const unit = unitAt(columns, x);
    return unit === null ? null : { kind: 'unit', layer: focus + 1, unit };
  }
  for (const strip of [...layout.before, ...layout.after]) {
    if (!inside(strip.box, x, y)) continue;
    const unit = unitAt(strip.axis, layout.before.includes(strip) ? y : x);
    return unit === null ? null : { kind: 'unit', layer: strip.layer, unit };
  }
  if (layout.output && layout.classes && inside(layout.output.box, x, y)) {
    const from = unitAt(layout.output.across, x);
    const to = unitAt(layout.classes.axis, y);
    return from === null || to === null ? null : { kind: 'weight', layer: depth, from, to };
  }
  if (layout.classes && inside(layout.classes.box, x, y)) {
    const unit = unitAt(layout.classes.axis, y);
    return unit === null ? null : { kind: 'class', unit };
  }
  return null;
}
