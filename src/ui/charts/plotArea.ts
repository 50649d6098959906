/** The plot rectangle inside a chart's box, in pixels; the axes, pins and end labels live in its margins. */
export interface PlotArea {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  plotWidth: number;
  plotHeight: number;
  /** 1, or 1.35 in Present mode: what type and margins are multiplied by. */
  type: number;
}

/** Room for the y axis and its numbers (axisTick), before type is scaled. */
export const AXIS_ROOM = 50;

/** Room for end labels of so many characters, before type is scaled. */
export const gutterOf = (labelWidth: number): number => 14 + 6.2 * labelWidth;

export function plotAreaOf(width: number, height: number, type: number, gutter: number): PlotArea {
  const left = Math.round(AXIS_ROOM * type);
  const right = Math.round(gutter * type);
  const top = Math.round(18 * type);
  const bottom = Math.round(20 * type);
  return {
    width,
    height,
    left,
    right,
    top,
    bottom,
    plotWidth: Math.max(1, width - left - right),
    plotHeight: Math.max(1, height - top - bottom),
    type,
  };
}
