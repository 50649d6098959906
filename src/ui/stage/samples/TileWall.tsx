import { useEffect, useLayoutEffect, useRef } from 'react';
import { useLab } from '../../../store/lab';
import { significant } from '../../../drawing/format';
import { Dialog } from '../../kit';
import { liveStage, useLiveStage } from '../model/liveStage';
import { patternBlock } from '../model/model';
import { layerName, weightName } from '../model/names';
import { readPalette } from '../paint/palette';
import { paintPattern } from '../paint/pattern';
import { unitPatterns } from './patterns';
import styles from '../Stage.module.css';
import { inputName } from '../model/words';

/** Pixels of a tile, and tiles to a row; words need more room than pictures. */
const PICTURES = { tile: 44, across: 12 };
const WORDS = { tile: 88, across: 6 };
/** Redraws a second while the network learns. */
const RATE = 4;

/** Every unit of the focus layer as a tile, in the order of its rows. */
export function TileWall() {
  const focus = useLiveStage(({ model }) => model?.focus ?? 0);
  const n = useLiveStage(({ model }) => model?.size[model.focus + 1] ?? 0);
  const end = useLiveStage(({ model }) => model?.tiles.end ?? 0);
  const canvas = useRef<HTMLCanvasElement>(null);
  const list = useLiveStage(({ model }) => model?.tiles.form.kind === 'list');
  const channels = useLiveStage(({ model }) => model != null && model.shapes[model.focus].map !== null);
  const { tile, across } = list ? WORDS : PICTURES;
  const down = Math.ceil(n / across);
  const width = across * (tile + 2);
  const height = down * (tile + 2);

  const draw = useRef(() => {});
  useLayoutEffect(() => {
    draw.current = () => {
      const { model } = liveStage.getState();
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
      const { snapshot, tiles } = model;
      const { base, values } = unitPatterns(snapshot.spec, snapshot.weights, model.focus, units);
      const whole = base >= 0 || model.shapes[model.focus].map !== null;
      values.forEach((value, k) => {
        const pattern = whole ? value : patternBlock(value, snapshot.spec.blocks, gallery, ui.studied);
        const box = {
          x: (k % across) * (tile + 2),
          y: Math.floor(k / across) * (tile + 2),
          w: tile,
          h: tile,
        };
        paintPattern(ctx, 'wall', box, pattern, tiles.form, tiles.end, palette, inputName);
        ctx.strokeStyle = palette.hairline;
        ctx.strokeRect(box.x - 0.5, box.y - 0.5, box.w + 1, box.h + 1);
      });
    };
    draw.current();
  }, [width, height, tile, across]);

  useEffect(() => {
    let last = liveStage.getState().model;
    const timer = setInterval(() => {
      const { model } = liveStage.getState();
      if (model !== last) draw.current();
      last = model;
    }, 1000 / RATE);
    return () => clearInterval(timer);
  }, []);

  return (
    <Dialog
      title={`All ${n} ${channels ? 'channels' : 'units'} of ${layerName(focus).toLowerCase()}`}
      onClose={() => useLab.getState().setUi({ overlay: null })}
    >
      <p className={styles.wallNote}>
        {channels
          ? 'Kernels'
          : focus === 0
            ? `Rows of ${weightName(0)}`
            : `Rows of ${weightName(focus)} through ${focus === 1 ? 'layer 1' : `layers 1–${focus}`}, linear part`}
        , left to right then down, {channels ? 'channel' : 'unit'} 1 first; colour scale ±
        {significant(end, 2)}.
      </p>
      <div role="img" aria-label={`${n} tiles, one for each ${channels ? 'channel' : 'unit'}`}>
        <canvas ref={canvas} className={styles.wall} style={{ aspectRatio: `${width} / ${height}` }} />
      </div>
    </Dialog>
  );
}
