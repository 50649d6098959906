import type { RunnerId, WidthsPoint } from '../../worker/protocol';

/** Widths over steps of each network, as step lines: a point holds from its step on. */
export type WidthTrails = Record<RunnerId, WidthsPoint[]>;

export function noTrails(): WidthTrails {
  return { main: [], baseline: [], twin: [] };
}

/** Adds a point to a trail. A point at a step that has one replaces it; widths that did not change leave no point. */
export function addTrailPoint(trail: WidthsPoint[], point: WidthsPoint): void {
  while (trail.length > 0 && trail[trail.length - 1].step >= point.step) trail.pop();
  const before = trail.at(-1)?.widths;
  if (before?.length === point.widths.length && before.every((w, l) => w === point.widths[l])) return;
  trail.push(point);
}

/** The points up to a step. */
export function trailUntil(trail: readonly WidthsPoint[], step: number): WidthsPoint[] {
  return trail.filter((point) => point.step <= step);
}

/** Joins the stored points of a run with those that came after. */
export function joinTrails(past: WidthsPoint[], since: readonly WidthsPoint[]): WidthsPoint[] {
  for (const point of since) addTrailPoint(past, point);
  return past;
}
