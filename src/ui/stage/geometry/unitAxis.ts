/** Units that stand in groups with a gap between them. */
export interface UnitGroups {
  sizes: readonly number[];
  /** Pixels. */
  gap: number;
}

/** One axis of the stage: n units in a row, each as wide as fits. */
export interface UnitAxis {
  /** Units there are now. */
  n: number;
  /** Units there is room kept for: after a removal the old frame stays until "Fit". */
  frame: number;
  /** Units drawn in one slot: 1, or more where even one pixel each is too wide. */
  perSlot: number;
  /** Pixels per slot. */
  pitch: number;
  /** Where the first slot begins. */
  start: number;
  /** Only where there is more than one group; slots never hold units of two. */
  groups?: UnitGroups;
}

const UNIT_PITCH = { min: 1, max: 12 } as const;

/** Below this many device pixels a pitch may be a fraction: what is lost to rounding there would be half the drawing. */
const COARSE = 3;

/**
 * Largest pitch per unit within `room`, between 1 and `max` px: whole device pixels, quarters of one where units are thin,
 * and several units to a slot where even one pixel each is too wide.
 */
export function fitAxis(
  n: number,
  frame: number,
  room: number,
  start: number,
  dpr = 1,
  max: number = UNIT_PITCH.max,
  groups?: UnitGroups,
): UnitAxis {
  const grouped = groups && groups.sizes.length > 1 ? groups : undefined;
  const gaps = grouped ? (grouped.sizes.length - 1) * grouped.gap : 0;
  const left = Math.max(1, room - gaps);
  const kept = grouped ? n : Math.max(1, n, frame);
  const device = (left / kept) * dpr;
  const pitch = (device >= COARSE ? Math.floor(device) : Math.floor(4 * device) / 4) / dpr;
  const axis = { n, frame: kept, start, ...(grouped && { groups: grouped }) };
  if (pitch >= UNIT_PITCH.min) return { ...axis, perSlot: 1, pitch: Math.min(pitch, max) };
  // A group's last slot may hold fewer units: room for one slot more in each.
  const spare = grouped ? grouped.sizes.length : 0;
  return {
    ...axis,
    perSlot: Math.ceil((kept * UNIT_PITCH.min) / Math.max(1, left - spare)),
    pitch: UNIT_PITCH.min,
  };
}

const sizesOf = (axis: UnitAxis): readonly number[] => axis.groups?.sizes ?? [axis.n];
const gapOf = (axis: UnitAxis): number => axis.groups?.gap ?? 0;

/** Slots drawn (of units that exist). */
export const slotCount = (axis: UnitAxis): number =>
  sizesOf(axis).reduce((sum, size) => sum + Math.ceil(size / axis.perSlot), 0);
/** Whether bars on this axis stand apart; thinner ones are drawn as one shape. */
export const barsApart = (axis: UnitAxis, dpr: number): boolean => axis.pitch * dpr >= COARSE;
/** Length in pixels of the units that exist. */
export const axisLength = (axis: UnitAxis): number =>
  slotCount(axis) * axis.pitch + (sizesOf(axis).length - 1) * gapOf(axis);
/** Length in pixels of the frame. */
export const frameExtent = (axis: UnitAxis): number =>
  axis.groups ? axisLength(axis) : Math.ceil(axis.frame / axis.perSlot) * axis.pitch;

/** A group of an axis as an axis of its own, with the first of its units. */
export interface AxisBlock {
  first: number;
  axis: UnitAxis;
}

/** The groups of an axis; one, the axis itself, where it has none. */
export function blocksOf(axis: UnitAxis): AxisBlock[] {
  if (!axis.groups) return [{ first: 0, axis }];
  const { gap } = axis.groups;
  let { start } = axis;
  let first = 0;
  return axis.groups.sizes.map((size) => {
    const own = { n: size, frame: size, perSlot: axis.perSlot, pitch: axis.pitch, start };
    const block = { first, axis: own };
    start += axisLength(own) + gap;
    first += size;
    return block;
  });
}

/** The group a unit stands in. */
function blockOfUnit(axis: UnitAxis, i: number): AxisBlock {
  const blocks = blocksOf(axis);
  return blocks.find(({ first, axis: own }) => i < first + own.n) ?? blocks[blocks.length - 1];
}

/** Where unit i's slot begins. */
export function slotStart(axis: UnitAxis, i: number): number {
  if (!axis.groups) return axis.start + Math.floor(i / axis.perSlot) * axis.pitch;
  const { first, axis: own } = blockOfUnit(axis, i);
  return own.start + Math.floor((i - first) / own.perSlot) * own.pitch;
}
/** Middle of unit i's slot. */
export const slotMiddle = (axis: UnitAxis, i: number): number => slotStart(axis, i) + axis.pitch / 2;

/** First unit of the slot at pixel p, or null outside the units that exist. */
export function unitAt(axis: UnitAxis, p: number): number | null {
  for (const { first, axis: own } of blocksOf(axis)) {
    const slot = Math.floor((p - own.start) / own.pitch);
    if (slot >= 0 && slot < slotCount(own)) return first + slot * own.perSlot;
  }
  return null;
}

/**
 * The same stretch with `each` values in every unit (the places of a channel's map): as many slots to a unit as there are pixels
 * for, `each`, `rows` (one row of the map to a slot), or 1.
 */
export function innerAxis(axis: UnitAxis, each: number, rows: number, dpr: number): UnitAxis {
  if (each === 1) return axis;
  const inside = [each, rows].find((count) => count <= axis.pitch * dpr) ?? 1;
  const n = axis.n * each;
  return { n, frame: n, perSlot: each / inside, pitch: axis.pitch / inside, start: axis.start };
}
