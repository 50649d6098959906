import { layoutStage } from './layoutStage';
import { useMemo } from 'react';
import { useLab } from '../../../store/lab';
import { type StageLayoutOptions, type StageLayout } from './layout';
import { useLiveStage } from '../model/liveStage';
import { shapeKey } from '../model/model';

/** Type scale of Present mode (theme.css). */
const PRESENT = 1.35;

export interface StageBox {
  width: number;
  height: number;
  dpr: number;
}

/** The layout of the present network in a room; a new one only when a width, the focus or the room changes. */
export function useLayout(room: StageBox, kind: StageLayoutOptions['kind']): StageLayout | null {
  const type = useLab((state) => (state.ui.present ? PRESENT : 1));
  const shape = useLiveStage(({ model }) => (model ? shapeKey(model) : null));
  const { width, height, dpr } = room;
  return useMemo(() => {
    if (shape === null) return null;
    const own = JSON.parse(shape) as Pick<StageLayoutOptions, 'focus' | 'size' | 'kept' | 'shapes'>;
    return layoutStage({ width, height, dpr, type, kind, ...own });
  }, [shape, width, height, dpr, type, kind]);
}
