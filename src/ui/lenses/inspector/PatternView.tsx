import { useLayoutEffect, useRef } from 'react';
import { significant } from '../../../drawing/format';
import { type ValueForm, pixelsOf } from '../../stage/geometry/valueForms';
import { paintPattern } from '../../stage/paint/pattern';
import { readPalette, watchPalette } from '../../stage/paint/palette';
import { magnitudeQuantile } from '../../stage/model/steadyScale';
import { inputName } from '../../stage/model/words';
import styles from './Inspector.module.css';

const SIDE = 112;
const WIDE = 280;

/** A part of the values in a form of its own, with its name where there are several. */
interface Panel {
  values: ArrayLike<number>;
  form: ValueForm;
  w: number;
  h: number;
}

/** What is drawn of a pattern: itself, and of three colours each plane by itself as well. */
function panelsOf(values: Float64Array | Float32Array, form: ValueForm): Panel[] {
  if (form.kind === 'colour') {
    const size = form.width * form.height;
    const plane: ValueForm = { ...form, kind: 'planes', across: 1, cells: [0] };
    const single = [0, 1, 2].map((c) => ({
      values: values.subarray(c * size, (c + 1) * size),
      form: plane,
      w: SIDE / 2,
      h: SIDE / 2,
    }));
    return [{ values, form, w: SIDE, h: SIDE }, ...single];
  }
  if (form.kind === 'planes') {
    const { width, height } = pixelsOf(form);
    const w = form.cells.length > 4 ? WIDE : SIDE;
    return [{ values, form, w, h: Math.min(WIDE, Math.round((w * height) / width)) }];
  }
  return [{ values, form, w: WIDE, h: form.kind === 'line' ? 120 : 132 }];
}

const SAYS: Readonly<Record<ValueForm['kind'], string>> = {
  planes: '',
  colour: ', in colour (grey is 0), then on red, green and blue alone',
  line: ', over time',
  list: ', the largest',
};

/** A direction as a picture, a line, or planes of weights; symmetric colour scale, printed. */
export function PatternView({
  values,
  form,
  note,
}: {
  values: Float64Array | Float32Array;
  form: ValueForm;
  note: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const quantile = form.kind === 'list' || values.length < 100 ? 1 : 0.99;
  const end = magnitudeQuantile(values, quantile) || 1;
  const panels = panelsOf(values, form);
  const width = panels.reduce((sum, { w }) => sum + w + 4, -4);
  const height = Math.max(...panels.map(({ h }) => h));
  useLayoutEffect(() => {
    const paint = (): void => {
      const element = canvas.current;
      const ctx = element?.getContext('2d');
      if (!element || !ctx) return;
      const dpr = window.devicePixelRatio || 1;
      element.width = Math.round(width * dpr);
      element.height = Math.round(height * dpr);
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      const palette = readPalette();
      let x = 0;
      panelsOf(values, form).forEach((panel, k) => {
        const box = { x, y: 0, w: panel.w, h: panel.h };
        paintPattern(ctx, `unit-${k}`, box, panel.values, panel.form, end, palette, inputName);
        x += panel.w + 4;
      });
    };
    paint();
    return watchPalette(paint);
  }, [values, form, end, width, height]);
  return (
    <div className={styles.pictures}>
      <div role="img" aria-label={`What it reads${SAYS[form.kind]}`}>
        <canvas ref={canvas} style={{ aspectRatio: `${width} / ${height}`, width, maxWidth: '100%' }} />
      </div>
      <span className={styles.note}>
        ±{significant(end, 2)}
        {note}
        {SAYS[form.kind]}
      </span>
    </div>
  );
}
