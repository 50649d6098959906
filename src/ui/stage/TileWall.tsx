import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLab } from '../../store/lab';
import { significant } from '../format';
import { Dialog } from '../kit';
import { live, useLive } from './live';
import { blockOf } from './model';
import { layerName, weightName } from './names';
import { blit } from './paint/blit';
import { readPalette } from './paint/palette';
import { inputPatterns } from './patterns';
import { rasterTile } from './raster';
import styles from './Stage.module.css';

const TILE = 44;
const ACROSS = 12;
/** Redraws a second while the network learns. */
const RATE = 4;

/** Every unit of the focus layer as a tile, in the order of its rows. */
export function TileWall() {
  const focus = useLive(({ model }) => model?.focus ?? 0);
  const n = useLive(({ model }) => model?.size[model.focus + 1] ?? 0);
  const end = useLive(({ model }) => model?.tiles.end ?? 0);
  const canvas = useRef<HTMLCanvasElement>(null);
  const down = Math.ceil(n / ACROSS);
  const width = ACROSS * (TILE + 2);
  const height = down * (TILE + 2);

  const draw = useRef(() => {});
  useLayoutEffect(() => {
    draw.current = () => {
      const { model } = live.getState();
      const element = canvas.current;
      const ctx = element?.getContext('2d');
      if (!model || !element || !ctx) return;
      const dpr = window.devicePixelRatio || 1;
      element.width = Math.round(width * dpr);
      element.height = Math.round(height * dpr);
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      const palette = readPalette();
      const units = Array.from({ length: model.size[model.focus + 1] }, (_, i) => i);
      const { gallery, ui } = useLab.getState();
      inputPatterns(model.snapshot.weights, model.size, model.focus, units).forEach((whole, k) => {
        const pattern = blockOf(whole, model.snapshot.spec.blocks, gallery, ui.studied);
        const side = Math.max(1, Math.round(Math.sqrt(pattern.length)));
        const box = {
          x: (k % ACROSS) * (TILE + 2),
          y: Math.floor(k / ACROSS) * (TILE + 2),
          w: TILE,
          h: TILE,
        };
        blit(ctx, 'wall', rasterTile(pattern, side, model.tiles.end, palette.signed), box);
        ctx.strokeStyle = palette.hairline;
        ctx.strokeRect(box.x - 0.5, box.y - 0.5, box.w + 1, box.h + 1);
      });
    };
    draw.current();
  }, [width, height]);

  useEffect(() => {
    let last = live.getState().model;
    const timer = setInterval(() => {
      const { model } = live.getState();
      if (model !== last) draw.current();
      last = model;
    }, 1000 / RATE);
    return () => clearInterval(timer);
  }, []);

  return (
    <Dialog
      title={`All ${n} units of ${layerName(focus).toLowerCase()}`}
      onClose={() => useLab.getState().setUi({ overlay: null })}
    >
      <p className={styles.wallNote}>
        {focus === 0
          ? `Rows of ${weightName(0)}`
          : `Rows of ${weightName(focus)} through ${focus === 1 ? 'layer 1' : `layers 1–${focus}`}, linear part`}
        , left to right then down, unit 1 first; colour scale ±{significant(end, 2)}.
      </p>
      <div role="img" aria-label={`${n} tiles, one for each unit`}>
        <canvas ref={canvas} className={styles.wall} style={{ aspectRatio: `${width} / ${height}` }} />
      </div>
    </Dialog>
  );
}
