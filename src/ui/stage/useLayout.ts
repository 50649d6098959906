import { useMemo } from 'react';
import { useLab } from '../../store/lab';
import { type Frame, type Layout, layoutStage } from './layout';
import { useLive } from './live';

/** Type scale of Present mode (theme.css). */
const PRESENT = 1.35;

export interface Room {
  width: number;
  height: number;
  dpr: number;
}

/** The layout of the present network in a room; a new one only when a width, the focus or the room changes. */
export function useLayout(room: Room, kind: Frame['kind']): Layout | null {
  const type = useLab((state) => (state.ui.present ? PRESENT : 1));
  const shape = useLive(({ model }) =>
    model ? `${model.focus}|${model.size.join()}|${model.kept.join()}` : null,
  );
  const { width, height, dpr } = room;
  return useMemo(() => {
    if (shape === null) return null;
    const [focus, size, kept] = shape.split('|').map((part) => part.split(',').map(Number));
    return layoutStage({ width, height, dpr, type, kind, size, kept, focus: focus[0] });
  }, [shape, width, height, dpr, type, kind]);
}
