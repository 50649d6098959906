import { useLayoutEffect, useRef } from 'react';
import { useLab } from '../../../store/lab';
import type { LabState } from '../../../store/state';
import type { Snapshot } from '../../../worker/protocol';
import { fitAxis } from '../geometry/unitAxis';
import { liveStage } from '../model/liveStage';
import { paintBars } from '../paint/bars';
import { type StagePalette, readPalette, watchPalette } from '../paint/palette';
import { rowNormsOf, predictImage } from '../model/prediction';
import { rowMeans, layerShapes } from '../geometry/shape';
import styles from '../Stage.module.css';

const LOGITS = 120;

/** Bars of the twin's focus layer on the scale of the stage, in its bar mode. */
function twinBars(state: LabState, twin: Snapshot, layer: number): Float64Array | null {
  const mode = state.ui.barMode;
  if (mode === 'sigma') return rowNormsOf(twin)[layer] ?? null;
  const values =
    mode === 'image'
      ? predictImage(twin, state.gallery, state.ui.studied)?.h[layer]
      : state.evaluations.twin?.unitMeanSquare[layer];
  const shape = layerShapes(twin.spec)[layer];
  return values?.length === twin.spec.hidden[layer].width ? rowMeans(shape, values) : null;
}

function paintTwin(
  ctx: CanvasRenderingContext2D,
  width: number,
  height: number,
  state: LabState,
  start: Snapshot | null,
  palette: StagePalette,
): void {
  ctx.clearRect(0, 0, width, height);
  const twin = state.snapshots.twin;
  const model = liveStage.getState().model;
  if (!twin || !model) return;
  const grey: StagePalette = { ...palette, ink: palette.control, ink2: palette.control };
  const layer = Math.min(model.focus, twin.spec.hidden.length - 1);
  const { rows: n, paths } = layerShapes(twin.spec)[layer];
  const room = width - LOGITS - 24;
  const groups = { sizes: paths, gap: 8 };
  const axis = fitAxis(n, n, room, 0, ctx.getTransform().a, undefined, groups);
  const mode = state.ui.barMode;
  paintBars(
    ctx,
    {
      box: { x: 0, y: 4, w: room, h: height - 8 },
      axis,
      way: 'across',
      values: twinBars(state, twin, layer),
      outline: null,
      end: model.barEnds[model.focus],
      signed: mode === 'image',
      theta: null,
      reference: mode === 'sigma' ? 1 : null,
      grownFrom: null,
    },
    grey,
  );
  const reading = predictImage(twin, state.gallery, state.ui.studied);
  if (!reading) return;
  const before = start ? predictImage(start, state.gallery, state.ui.studied)?.logits : null;
  const zero = width - LOGITS / 2;
  const pitch = Math.floor((height - 8) / reading.logits.length);
  const reach = (all: Float64Array): number => all.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const end = Math.max(model.logitEnd, reach(reading.logits), before ? reach(before) : 0);
  const unit = LOGITS / 2 / end;
  reading.logits.forEach((logit, c) => {
    const y = 4 + c * pitch;
    ctx.fillStyle = palette.control;
    ctx.globalAlpha = c === reading.top ? 0.85 : 0.45;
    ctx.fillRect(Math.min(zero, zero + logit * unit), y, Math.abs(logit) * unit, pitch - 1);
    ctx.globalAlpha = 1;
    if (before) {
      ctx.fillStyle = palette.ink;
      ctx.fillRect(Math.round(zero + before[c] * unit), y - 0.5, 1, pitch);
    }
  });
  ctx.fillStyle = palette.control;
  ctx.fillRect(Math.round(zero), 2, 1, pitch * reading.logits.length + 3);
}

/** The twin's bars, and its ten logits for the image under study (with originals while a path is open). */
export function TwinCanvas() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const holder = element?.parentElement;
    if (!element || !holder) return;
    let palette = readPalette();
    let start: Snapshot | null = null;
    let asked = 0;
    const paint = (): void => {
      asked = 0;
      const state = useLab.getState();
      if (!state.frame) start = state.snapshots.twin ?? null;
      const width = holder.clientWidth;
      const height = holder.clientHeight;
      const dpr = window.devicePixelRatio || 1;
      if (element.width !== Math.round(width * dpr)) element.width = Math.round(width * dpr);
      if (element.height !== Math.round(height * dpr)) element.height = Math.round(height * dpr);
      const ctx = element.getContext('2d');
      if (!ctx) return;
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      paintTwin(ctx, width, height, state, state.frame ? start : null, palette);
    };
    const ask = (): void => {
      asked ||= requestAnimationFrame(paint);
    };
    paint();
    const stops = [
      useLab.subscribe(
        (s) => [s.snapshots.twin, s.frame, s.gallery, s.ui.studied, s.evaluations.twin] as const,
        ask,
        { equalityFn: (a, b) => a.every((v, i) => v === b[i]) },
      ),
      liveStage.subscribe((now, before) => {
        if (now.model !== before.model) ask();
      }),
      watchPalette(() => {
        palette = readPalette();
        ask();
      }),
    ];
    const observer = new ResizeObserver(ask);
    observer.observe(holder);
    return () => {
      for (const stop of stops) stop();
      observer.disconnect();
      cancelAnimationFrame(asked);
    };
  }, []);
  return (
    <div
      className={styles.twinDrawing}
      role="img"
      aria-label="The twin’s bars of the focus layer, and its logits for the image under study"
    >
      <canvas ref={canvas} />
    </div>
  );
}
