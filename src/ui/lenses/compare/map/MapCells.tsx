import type { PointerEvent } from 'react';
import styles from '../Compare.module.css';
import type { MapFrame } from './mapFrame';

interface MapCellsProps {
  frame: MapFrame;
  columns: number;
  count: number;
  value: number | null;
  text: (cell: number) => string;
  onMove: (cell: number | null) => void;
}

/** The squares of the map under the pointer or the arrow keys: the copy there is read. */
export function MapCells({ frame, columns, count, value, text, onMove }: MapCellsProps) {
  const rows = count / columns;
  const now = Math.min(count - 1, value ?? 0);
  const under = (event: PointerEvent): number => {
    const box = event.currentTarget.getBoundingClientRect();
    const part = (share: number, of: number): number => Math.min(of - 1, Math.max(0, Math.floor(share * of)));
    const column = part((event.clientX - box.left) / box.width, columns);
    return part(1 - (event.clientY - box.top) / box.height, rows) * columns + column;
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Copies on the map"
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={now + 1}
      aria-valuetext={text(now)}
      className={styles.cells}
      style={{ left: frame.left, top: frame.top, width: frame.side, height: frame.side }}
      onPointerMove={(event) => onMove(under(event))}
      onPointerDown={(event) => onMove(under(event))}
      onPointerLeave={() => onMove(null)}
      onFocus={(event) => event.currentTarget.matches(':focus-visible') && onMove(now)}
      onBlur={() => onMove(null)}
      onKeyDown={(event) => {
        const [column, row] = [now % columns, Math.floor(now / columns)];
        const to = {
          ArrowLeft: [column - 1, row],
          ArrowRight: [column + 1, row],
          ArrowUp: [column, row + 1],
          ArrowDown: [column, row - 1],
          Home: [0, row],
          End: [columns - 1, row],
        }[event.key];
        if (!to && (event.key !== 'Escape' || value === null)) return;
        event.preventDefault();
        event.stopPropagation();
        if (!to) return onMove(null);
        const within = (at: number, of: number): number => Math.min(of - 1, Math.max(0, at));
        onMove(within(to[1], rows) * columns + within(to[0], columns));
      }}
    />
  );
}
