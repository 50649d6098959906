import { useEffect, useRef } from 'react';
import { referenceForward } from '../../../network/reference';
import type { Gallery } from '../../../store/state';
import { argmax, galleryCount, standardise } from '../samples/images';
import { liveStage } from '../model/liveStage';
import { drawRaster } from '../paint/blit';
import { cachedSnapshotNetwork } from '../model/prediction';
import { parseHexColour } from '../paint/signedColours';
import styles from '../Stage.module.css';

/** Grid points across and down. */
const GRID = 48;
/** Opacity of a region, of 255. */
const REGION = 80;
/** Redraws a second while the network learns. */
const RATE = 3;
const COLOURS = ['--accuracy', '--energy', '--positive', '--negative', '--length', '--control'];

/** Data of two inputs: which class the present network reads at each point of the plane, with test points by class and shape. */
export function Regions({ gallery, index, label }: { gallery: Gallery; index: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const n = galleryCount(gallery);
    const points = Array.from({ length: n }, (_, i) => standardise(gallery, i));
    const reach = 1.1 * Math.max(...points.flatMap((point) => Array.from(point, Math.abs)));
    const grid = new Float64Array(2 * GRID * GRID);
    for (let y = 0; y < GRID; y++)
      for (let x = 0; x < GRID; x++)
        grid.set(
          [(((x + 0.5) / GRID) * 2 - 1) * reach, (1 - ((y + 0.5) / GRID) * 2) * reach],
          2 * (y * GRID + x),
        );
    const paint = (): void => {
      const element = canvas.current;
      const ctx = element?.getContext('2d');
      const snapshot = liveStage.getState().model?.snapshot;
      if (!element || !ctx || snapshot?.spec.inputs !== 2) return;
      const dpr = window.devicePixelRatio || 1;
      const side = element.clientWidth;
      element.width = Math.round(side * dpr);
      element.height = Math.round(side * dpr);
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      const css = getComputedStyle(element);
      const colours = COLOURS.map((name) => css.getPropertyValue(name));
      const { logits } = referenceForward(cachedSnapshotNetwork(snapshot), grid, GRID * GRID);
      const { outputs } = snapshot.spec;
      const words = colours.map((colour) => {
        const [r, g, b] = parseHexColour(colour);
        return ((REGION << 24) | (b << 16) | (g << 8) | r) >>> 0;
      });
      const pixels = Uint32Array.from(
        { length: GRID * GRID },
        (_, k) => words[argmax(logits, k * outputs, outputs) % words.length],
      );
      drawRaster(ctx, 'regions', { width: GRID, height: GRID, pixels }, { x: 0, y: 0, w: side, h: side });
      points.forEach(([x, y], i) => {
        const c = gallery.labels[i];
        const px = ((x / reach + 1) / 2) * side;
        const py = ((1 - y / reach) / 2) * side;
        const r = i === index ? 4 : 1.6;
        ctx.fillStyle = colours[c % colours.length];
        ctx.beginPath();
        if (c % 3 === 0) ctx.arc(px, py, r, 0, 2 * Math.PI);
        else if (c % 3 === 1) ctx.rect(px - r, py - r, 2 * r, 2 * r);
        else {
          ctx.moveTo(px, py - r);
          ctx.lineTo(px + r, py + r);
          ctx.lineTo(px - r, py + r);
        }
        ctx.fill();
      });
      ctx.strokeStyle = css.getPropertyValue('--ink-2');
      ctx.lineWidth = 0.5;
      ctx.strokeRect(side / 2 - 3, side / 2, 6, 0);
      ctx.strokeRect(side / 2, side / 2 - 3, 0, 6);
    };
    paint();
    let last: unknown = liveStage.getState().model?.snapshot;
    const timer = setInterval(() => {
      const snapshot = liveStage.getState().model?.snapshot;
      if (snapshot !== last) paint();
      last = snapshot;
    }, 1000 / RATE);
    return () => clearInterval(timer);
  }, [gallery, index]);
  return (
    <div role="img" aria-label={label} className={styles.regions} data-testid="regions">
      <canvas ref={canvas} />
    </div>
  );
}
