import type { CSSProperties } from 'react';

/** The place of a label on the stage, in CSS pixels from its upper left corner; as wide as its text where `width` is left out. */
export const absoluteStyle = (x: number, y: number, width?: number): CSSProperties => ({
  left: x,
  top: y,
  ...(width !== undefined && { width }),
});
