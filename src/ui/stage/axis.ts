/** One axis of the stage: n units in a row, each as wide as fits. */
export interface Axis {
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
}

export const PITCH = { min: 1, max: 12 } as const;

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
  max: number = PITCH.max,
): Axis {
  const kept = Math.max(1, n, frame);
  const device = (room / kept) * dpr;
  const pitch = (device >= COARSE ? Math.floor(device) : Math.floor(4 * device) / 4) / dpr;
  if (pitch >= PITCH.min) return { n, frame: kept, perSlot: 1, pitch: Math.min(pitch, max), start };
  const perSlot = Math.ceil((kept * PITCH.min) / Math.max(1, room));
  return { n, frame: kept, perSlot, pitch: PITCH.min, start };
}

/** Slots drawn (of units that exist). */
export const slots = (axis: Axis): number => Math.ceil(axis.n / axis.perSlot);
/** Whether bars on this axis stand apart; thinner ones are drawn as one shape. */
export const apart = (axis: Axis, dpr: number): boolean => axis.pitch * dpr >= COARSE;
/** Length in pixels of the units that exist. */
export const extent = (axis: Axis): number => slots(axis) * axis.pitch;
/** Length in pixels of the frame. */
export const frameExtent = (axis: Axis): number => Math.ceil(axis.frame / axis.perSlot) * axis.pitch;
/** Where unit i's slot begins. */
export const slotStart = (axis: Axis, i: number): number =>
  axis.start + Math.floor(i / axis.perSlot) * axis.pitch;
/** Middle of unit i's slot. */
export const slotMiddle = (axis: Axis, i: number): number => slotStart(axis, i) + axis.pitch / 2;

/** First unit of the slot at pixel p, or null outside the units that exist. */
export function unitAt(axis: Axis, p: number): number | null {
  const slot = Math.floor((p - axis.start) / axis.pitch);
  return slot >= 0 && slot < slots(axis) ? slot * axis.perSlot : null;
}
