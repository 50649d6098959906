import { useMemo } from 'react';
import { useLab } from '../../../store/lab';
import { type Frame, type Layout, layoutStage } from './layout';
import { useLive } from '../model/live';
import { shapeKey } from '../model/model';

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
  const shape = useLive(({ model }) => (model ? shapeKey(model) : null));
  const { width, height, dpr } = room;
  return useMemo(() => {
    if (shape === null) return null;
    const own = JSON.parse(shape) as Pick<Frame, 'focus' | 'size' | 'kept' | 'shapes'>;
    return layoutStage({ width, height, dpr, type, kind, ...own });
  }, [shape, width, height, dpr, type, kind]);
}
