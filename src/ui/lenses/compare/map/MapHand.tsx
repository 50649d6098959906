import { useRef } from 'react';
import { TYPED_RANGE } from '../../../../network/settings';
import { O_FLOOR } from '../../../../network/spec';
import { typedNumber } from '../../../../drawing/format';
import { stepValue } from '../../../kit/slider/logScale';
import { actions } from '../../../kit/actions';
import styles from '../Compare.module.css';
import { type SweepGrid, cellAxisValue } from './grid';
import { type MapFrame, mapPixel } from './mapFrame';
import type { MapMove, OwnNetwork } from '../useOwnNetwork';

/** Pixels before a drag counts in a direction: a drag upwards leaves o alone. */
const SLACK = 4;
/** So far below the map λ is an exact 0. */
const ZERO = -0.03;

/** The hand on your network's dot: drag it, or λ by up and down, o by left and right (Shift: half a decade). */
export function MapHand({ frame, grid, own }: { frame: MapFrame; grid: SweepGrid; own: OwnNetwork }) {
  const from = useRef<{
    x: number;
    y: number;
    shareX: number;
    shareY: number;
    o: boolean;
    lambda: boolean;
  } | null>(null);
  const at = mapPixel(frame, own.x.share, own.y.share);
  const release = (): void => {
    if (!from.current) return;
    from.current = null;
    actions().setUi({ held: null });
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Your network on the map: up and down for λ, left and right for o"
      aria-valuemin={0}
      aria-valuemax={TYPED_RANGE.max}
      aria-valuenow={own.lambda}
      aria-valuetext={`λ ${typedNumber(own.lambda)}, o ${typedNumber(own.o)}`}
      className={styles.hand}
      data-testid="map-hand"
      style={{ left: at.x, top: at.y }}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = {
          x: event.clientX,
          y: event.clientY,
          shareX: own.x.share,
          shareY: own.y.share,
          o: false,
          lambda: false,
        };
        actions().setUi({ held: 'lambda' });
      }}
      onPointerMove={(event) => {
        const start = from.current;
        if (!start) return;
        const [dx, dy] = [event.clientX - start.x, start.y - event.clientY];
        start.o ||= Math.abs(dx) > SLACK;
        start.lambda ||= Math.abs(dy) > SLACK;
        const to: MapMove = {};
        const y = start.shareY + dy / frame.side;
        if (start.lambda) to.lambda = y < ZERO ? 0 : cellAxisValue(y, grid.lambdas);
        if (start.o) to.o = Math.max(O_FLOOR, cellAxisValue(start.shareX + dx / frame.side, grid.os));
        if (start.o || start.lambda) own.move(to);
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onLostPointerCapture={release}
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const steps = event.shiftKey ? 10 : 1;
        const { min, max } = TYPED_RANGE;
        const lambda = (by: number): MapMove => ({
          lambda: stepValue(own.lambda, by, min, max, {
            low: cellAxisValue(0, grid.lambdas),
            high: max,
            zero: true,
          }),
        });
        // Far off on the shell, the first press brings o to the edge of the map.
        const [low, high] = [cellAxisValue(0, grid.os), cellAxisValue(1, grid.os)];
        const o = (by: number): MapMove => {
          if (by > 0 && own.o < low) return { o: low };
          if (by < 0 && own.o > high) return { o: high };
          return { o: stepValue(own.o, by, O_FLOOR, max, { low, high, zero: false }) };
        };
        const keys: Partial<Record<string, () => MapMove>> = {
          ArrowUp: () => lambda(steps),
          ArrowDown: () => lambda(-steps),
          ArrowRight: () => o(steps),
          ArrowLeft: () => o(-steps),
        };
        const to = keys[event.key]?.();
        if (!to) return;
        event.preventDefault();
        event.stopPropagation();
        own.move(to);
      }}
    />
  );
}
