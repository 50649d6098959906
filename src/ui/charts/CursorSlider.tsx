import { useEffect, useRef } from 'react';
import { useLab } from '../../store/lab';
import styles from './Chart.module.css';
import type { PlotArea } from './plotArea';

interface CursorSliderProps {
  frame: PlotArea;
  label: string;
  min: number;
  max: number;
  /** Present place, or null where there is no cursor. */
  value: number | null;
  /** What is read at the cursor, in words. */
  text: (at: number) => string;
  onMove: (at: number | null) => void;
}

/**
 * The plot as a slider over its x axis: the pointer or the arrow keys move the cursor, and the values there are spoken.
 * Arrows move by about two pixels, with Shift by ten times that; Home and End go to the ends, Escape takes the cursor off.
 */
export function CursorSlider({ frame, label, min, max, value, text, onMove }: CursorSliderProps) {
  const waiting = useRef<number | null>(null);
  const next = useRef<number | null>(null);
  useEffect(
    () => () => {
      if (waiting.current !== null) cancelAnimationFrame(waiting.current);
    },
    [],
  );
  /** At most one move a frame: pointers report faster than anyone sees. */
  const move = (at: number | null): void => {
    next.current = at;
    waiting.current ??= requestAnimationFrame(() => {
      waiting.current = null;
      onMove(next.current);
    });
  };
  const clamp = (at: number): number => Math.min(max, Math.max(min, Math.round(at)));
  const now = value === null ? max : clamp(value);
  const stride = Math.max(1, Math.round(((max - min) / frame.plotWidth) * 2));
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={now}
      aria-valuetext={text(now)}
      className={styles.slider}
      style={{ left: frame.left, top: frame.top, width: frame.plotWidth, height: frame.plotHeight }}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        move(clamp(min + ((event.clientX - box.left) / box.width) * (max - min)));
      }}
      onPointerDown={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        move(clamp(min + ((event.clientX - box.left) / box.width) * (max - min)));
      }}
      onPointerLeave={() => move(null)}
      onPointerCancel={() => move(null)}
      onBlur={() => move(null)}
      onKeyDown={(event) => {
        const by = (event.shiftKey ? 10 : 1) * stride;
        const to: Partial<Record<string, number>> = {
          ArrowLeft: now - by,
          ArrowDown: now - by,
          ArrowRight: now + by,
          ArrowUp: now + by,
          PageDown: now - 10 * stride,
          PageUp: now + 10 * stride,
          Home: min,
          End: max,
        };
        const at = to[event.key];
        if (at !== undefined) {
          event.preventDefault();
          event.stopPropagation();
          move(clamp(at));
        } else if (event.key === 'Escape' && value !== null) {
          event.stopPropagation();
          move(null);
        }
      }}
    />
  );
}

/** Moves the cursor all charts share. */
export function moveCursor(step: number | null): void {
  const lab = useLab.getState();
  if (lab.ui.cursor !== step) lab.setUi({ cursor: step });
}
