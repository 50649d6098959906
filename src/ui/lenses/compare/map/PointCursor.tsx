import { useLayoutEffect, useRef, useState } from 'react';
import styles from '../../../charts/Chart.module.css';
import type { PlotArea } from '../../../charts/plotArea';

interface PointCursorProps {
  frame: PlotArea;
  label: string;
  /** Where the points stand, as shares of the plot's width. */
  places: number[];
  value: number | null;
  text: (k: number) => string;
  onMove: (k: number | null) => void;
}

/** The plot as a slider over its few points: the nearest to the pointer, or the next with the arrow keys, is read. */
export function PointCursor({ frame, label, places, value, text, onMove }: PointCursorProps) {
  const { left, top, plotWidth, plotHeight, type } = frame;
  const last = places.length - 1;
  const now = Math.min(last, value ?? last);
  const nearest = (event: React.PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const far = places.map((place) => Math.abs(place - share));
    return far.indexOf(Math.min(...far));
  };
  const px = left + places[now] * plotWidth;
  return (
    <>
      {value !== null && (
        <svg className={styles.overlay} width={frame.width} height={frame.height} aria-hidden="true">
          <g className={styles.cursor}>
            <line x1={px} x2={px} y1={top} y2={top + plotHeight} />
            <Reading x={px} y={top + 10 * type} width={frame.width} text={text(now)} gap={6 * type} />
          </g>
        </svg>
      )}
      <div
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={last + 1}
        aria-valuenow={now + 1}
        aria-valuetext={text(now)}
        className={styles.slider}
        style={{ left, top, width: plotWidth, height: plotHeight }}
        onPointerMove={(event) => onMove(nearest(event))}
        onPointerDown={(event) => onMove(nearest(event))}
        onPointerLeave={() => onMove(null)}
        onFocus={(event) => event.currentTarget.matches(':focus-visible') && onMove(now)}
        onBlur={() => onMove(null)}
        onKeyDown={(event) => {
          const to = {
            ArrowLeft: now - 1,
            ArrowDown: now - 1,
            ArrowRight: now + 1,
            ArrowUp: now + 1,
            Home: 0,
            End: last,
            Escape: value === null ? undefined : null,
          }[event.key];
          if (to === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          onMove(to === null ? null : Math.min(last, Math.max(0, to)));
        }}
      />
    </>
  );
}

interface ReadingProps {
  x: number;
  y: number;
  width: number;
  text: string;
  gap: number;
}

/** A text beside a line, on the side where it has room. */
function Reading({ x, y, width, text, gap }: ReadingProps) {
  const ref = useRef<SVGTextElement>(null);
  const [left, setLeft] = useState(false);
  useLayoutEffect(() => {
    const length = ref.current?.getComputedTextLength() ?? 0;
    setLeft(x + gap + length > width);
  }, [x, gap, width, text]);
  return (
    <text ref={ref} x={x + (left ? -gap : gap)} y={y} textAnchor={left ? 'end' : 'start'}>
      {text}
    </text>
  );
}
