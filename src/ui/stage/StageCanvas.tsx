import { type PointerEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { openInspector } from '../lenses/inspector/state';
import { hitTest } from './geometry/hitTest';
import { type StageLayout, tileUnits } from './geometry/layout';
import { highlightedPath } from './model/highlight';
import { liveStage } from './model/liveStage';
import { paintHighlight } from './paint/highlight';
import { type StagePalette, readPalette, watchPalette } from './paint/palette';
import { paintStage } from './paint/stage';
import styles from './Stage.module.css';
import { useDescription } from './labels/useDescription';
import { inputName } from './model/words';
import { shapeKey, type StageModel } from './model/model';

/** Sizes a canvas in device pixels and returns a context in CSS pixels. */
function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const dpr = window.devicePixelRatio || 1;
  const w = Math.round(width * dpr);
  const h = Math.round(height * dpr);
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
  const ctx = canvas.getContext('2d');
  ctx?.setTransform(dpr, 0, 0, dpr, 0, 0);
  return ctx;
}

/** The drawing: the network on one canvas, the lit path on another above it. */
export function StageCanvas({ layout, onOpen }: { layout: StageLayout; onOpen?: () => void }) {
  const base = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const palette = useRef<StagePalette | null>(null);
  const description = useDescription();

  useLayoutEffect(() => {
    const paint = (): void => {
      const { model } = liveStage.getState();
      palette.current ??= readPalette();
      const ctx = base.current && prepare(base.current, layout.width, layout.height);
      if (ctx && model) paintStage(ctx, layout, model, palette.current, inputName);
      light();
    };
    const light = (): void => {
      const { model, hover } = liveStage.getState();
      palette.current ??= readPalette();
      const ctx = above.current && prepare(above.current, layout.width, layout.height);
      if (!ctx) return;
      const lit = model && hover ? highlightedPath(hover, model) : null;
      const units = model ? tileUnits(layout, model.tiles.groups) : [];
      paintHighlight(ctx, layout, hover, lit, units, palette.current);
    };
    paint();
    const stop = liveStage.subscribe((now, before) => {
      // A model of other widths comes with a new layout, which repaints by itself.
      if (now.model !== before.model && sameShape(now.model, before.model)) paint();
      else if (now.hover !== before.hover) light();
    });
    const unwatch = watchPalette(() => {
      palette.current = readPalette();
      paint();
    });
    let gone = false;
    void document.fonts.ready.then(() => {
      if (!gone) paint();
    });
    return () => {
      gone = true;
      stop();
      unwatch();
    };
  }, [layout]);

  useEffect(() => () => liveStage.setState({ hover: null, pointer: null }), []);

  const move = (event: PointerEvent<HTMLDivElement>): void => {
    const { model } = liveStage.getState();
    if (!model) return;
    const place = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - place.left;
    const y = event.clientY - place.top;
    const hover = hitTest(layout, tileUnits(layout, model.tiles.groups), model.size.length - 2, x, y);
    liveStage.setState({ hover, pointer: hover && { x, y } });
  };
  const leave = (): void => liveStage.setState({ hover: null, pointer: null });

  return (
    <div
      className={styles.drawing}
      role="img"
      aria-label={description}
      data-testid="stage-drawing"
      onPointerMove={move}
      onPointerDown={move}
      onPointerLeave={leave}
      onPointerUp={(event) => {
        const { hover } = liveStage.getState();
        const onUnit = hover?.kind === 'unit' && onOpen === undefined;
        if (onUnit) openInspector(hover.layer, hover.unit);
        else if (event.pointerType === 'touch') onOpen?.();
      }}
    >
      <canvas ref={base} />
      <canvas ref={above} />
    </div>
  );
}

function sameShape(a: StageModel | null, b: StageModel | null): boolean {
  return a !== null && b !== null && shapeKey(a) === shapeKey(b);
}
