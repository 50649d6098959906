import { useLayoutEffect, useRef } from 'react';
import { significant } from '../../../drawing/format';
import { drawRaster } from '../../stage/paint/blit';
import { readPalette, watchPalette } from '../../stage/paint/palette';
import { rasterTile } from '../../stage/samples/raster';
import { magnitudeQuantile } from '../../stage/model/steadyScale';
import { inputName } from '../../stage/model/words';
import styles from './Inspector.module.css';
import { SignedBars } from './SignedBars';

const SIDE = 112;
/** Parts of a combination that are named. */
const PARTS = 10;

/** A direction in pixels as a picture, one for each block of inputs; symmetric colour scale, printed. */
export function Pictures({ values, blocks }: { values: Float64Array; blocks: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const end = magnitudeQuantile(values, 0.99) || 1;
  useLayoutEffect(() => {
    const paint = (): void => {
      const element = canvas.current;
      const ctx = element?.getContext('2d');
      if (!element || !ctx) return;
      const dpr = window.devicePixelRatio || 1;
      element.width = Math.round(blocks * (SIDE + 4) * dpr);
      element.height = Math.round(SIDE * dpr);
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      const size = values.length / blocks;
      const { signed } = readPalette();
      for (let b = 0; b < blocks; b++) {
        const raster = rasterTile(
          values.subarray(b * size, (b + 1) * size),
          Math.round(Math.sqrt(size)),
          end,
          signed,
        );
        drawRaster(ctx, 'unit', raster, { x: b * (SIDE + 4), y: 0, w: SIDE, h: SIDE });
      }
    };
    paint();
    return watchPalette(paint);
  }, [values, blocks, end]);
  return (
    <div className={styles.pictures}>
      <div role="img" aria-label="The direction in the input that it reads, as a picture">
        <canvas
          ref={canvas}
          style={{ aspectRatio: `${blocks * (SIDE + 4)} / ${SIDE}`, width: blocks * (SIDE + 4) }}
        />
      </div>
      <span className={styles.note}>±{significant(end, 2)}, of unit length</span>
    </div>
  );
}

/** A direction in the units below, or in coordinates: its largest parts. */
export function Combination({
  values,
  layer,
  through = 0,
}: {
  values: Float64Array;
  layer: number;
  /** Layers the direction was carried back through. */
  through?: number;
}) {
  const parts = Array.from(values, (value, k) => ({ k, value }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, PARTS);
  const shown =
    parts.reduce((sum, { value }) => sum + value * value, 0) /
    Math.max(
      1e-30,
      values.reduce((sum, value) => sum + value * value, 0),
    );
  const name = (k: number): string => (layer > 0 ? `unit ${k + 1}` : inputName(k));
  return (
    <>
      <SignedBars label="What it reads" rows={parts.map(({ k, value }) => ({ name: name(k), value }))} />
      <p className={styles.note}>
        {layer > 0
          ? `Units of layer ${layer}, in its present basis`
          : through > 0
            ? `Inputs, through ${through === 1 ? 'layer 1' : `layers 1–${through}`}, linear part`
            : 'Inputs'}
        {values.length > parts.length
          ? `: the ${parts.length} largest of ${values.length} parts, ${(100 * shown).toFixed(0)} % of its square.`
          : '.'}
      </p>
    </>
  );
}
