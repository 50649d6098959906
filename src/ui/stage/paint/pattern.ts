import { type ValueForm, largestEntries, pixelsOf } from '../geometry/valueForms';
import type { StageRectangle } from '../geometry/layout';
import type { Raster } from '../samples/raster';
import { traceLines } from '../samples/samples';
import { colourIndex } from './signedColours';
import { drawRaster } from './blit';
import type { StagePalette } from './palette';

/** One pixel per value: planes side by side by the signed scale, or three planes as red, green and blue around grey. */
export function rasterForm(
  values: ArrayLike<number>,
  form: Extract<ValueForm, { kind: 'planes' | 'colour' }>,
  end: number,
  colours: Uint32Array,
): Raster {
  const { width, height } = pixelsOf(form);
  const pixels = new Uint32Array(width * height);
  if (form.kind === 'colour') {
    const size = width * height;
    const level = (v: number): number => Math.max(0, Math.min(255, Math.round(127.5 + (127.5 * v) / end)));
    for (let i = 0; i < size; i++) {
      const [r, g, b] = [values[i], values[size + i], values[2 * size + i]].map(level);
      pixels[i] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
    return { width, height, pixels };
  }
  const size = form.width * form.height;
  form.cells.forEach((plane, cell) => {
    if (plane < 0 || (plane + 1) * size > values.length) return;
    const left = (cell % form.across) * form.width;
    const top = Math.floor(cell / form.across) * form.height;
    for (let i = 0; i < size; i++)
      pixels[(top + Math.floor(i / form.width)) * width + left + (i % form.width)] =
        colours[colourIndex(values[plane * size + i], end)];
  });
  return { width, height, pixels };
}

/** The largest box of a form's proportions in the middle of another. */
function fitForm(box: StageRectangle, form: ValueForm): StageRectangle {
  if (form.kind !== 'planes' && form.kind !== 'colour') return box;
  const { width, height } = pixelsOf(form);
  const scale = Math.min(box.w / width, box.h / height);
  const w = width * scale;
  const h = height * scale;
  return { x: box.x + (box.w - w) / 2, y: box.y + (box.h - h) / 2, w, h };
}

/** A line over the values from a middle zero, its area in the colour of the sign. */
function paintLine(
  ctx: CanvasRenderingContext2D,
  box: StageRectangle,
  values: ArrayLike<number>,
  end: number,
  palette: StagePalette,
): void {
  const n = values.length;
  // Where there is less than a pixel to a value a line on top would hide the signs.
  const fine = n > box.w;
  const middle = box.y + box.h / 2;
  const place = (i: number): [number, number] => [
    box.x + ((i + 0.5) / n) * box.w,
    middle - (Math.max(-1, Math.min(1, values[i] / end)) * box.h) / 2,
  ];
  for (const [sign, colour] of [
    [1, palette.positive],
    [-1, palette.negative],
  ] as const) {
    ctx.fillStyle = colour;
    ctx.globalAlpha = fine ? 0.9 : 0.55;
    ctx.beginPath();
    ctx.moveTo(box.x, middle);
    for (let i = 0; i < n; i++) {
      const [x, y] = place(i);
      ctx.lineTo(x, sign * values[i] > 0 ? y : middle);
    }
    ctx.lineTo(box.x + box.w, middle);
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.hairline;
  ctx.fillRect(box.x, Math.round(middle), box.w, 1);
  if (fine) return;
  ctx.strokeStyle = palette.ink;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (let i = 0; i < n; i++) {
    const [x, y] = place(i);
    if (i === 0) ctx.moveTo(x, y);
    else ctx.lineTo(x, y);
  }
  ctx.stroke();
}

/** The largest values by name, each over a bar from a middle zero in the colour of its sign. */
function paintList(
  ctx: CanvasRenderingContext2D,
  box: StageRectangle,
  values: ArrayLike<number>,
  end: number,
  palette: StagePalette,
  nameOf: (k: number) => string,
): void {
  const rows = Math.max(1, Math.min(values.length, Math.floor((box.h - 12) / 12)));
  const pitch = (box.h - 12) / rows;
  ctx.save();
  ctx.beginPath();
  ctx.rect(box.x, box.y, box.w, box.h);
  ctx.clip();
  ctx.font = `500 ${Math.min(10, pitch)}px ${palette.font}`;
  ctx.textBaseline = 'middle';
  largestEntries(values, rows).forEach((k, row) => {
    const y = box.y + 12 + row * pitch;
    const length = (Math.min(1, Math.abs(values[k]) / end) * box.w) / 2;
    const zero = box.x + box.w / 2;
    ctx.fillStyle = values[k] < 0 ? palette.negative : palette.positive;
    ctx.globalAlpha = 0.4;
    ctx.fillRect(values[k] < 0 ? zero - length : zero, y + 0.5, length, pitch - 1);
    ctx.globalAlpha = 1;
    ctx.fillStyle = palette.ink;
    ctx.fillText(nameOf(k), box.x + 3, y + pitch / 2);
  });
  ctx.restore();
}

/** Draws what a unit reads in its form; `nameOf` names the values of a list. */
export function paintPattern(
  ctx: CanvasRenderingContext2D,
  name: string,
  box: StageRectangle,
  values: ArrayLike<number>,
  form: ValueForm,
  end: number,
  palette: StagePalette,
  nameOf: (k: number) => string,
): void {
  switch (form.kind) {
    case 'line': {
      const lines = traceLines(values.length);
      const each = Math.ceil(values.length / lines);
      const all = Array.from(values);
      for (let line = 0; line < lines; line++) {
        const own = { ...box, y: box.y + (line * box.h) / lines, h: box.h / lines };
        paintLine(ctx, own, all.slice(line * each, (line + 1) * each), end, palette);
      }
      return;
    }
    case 'list':
      return paintList(ctx, box, values, end, palette, nameOf);
    default:
      drawRaster(
        ctx,
        name,
        rasterForm(values, form, end, palette.signed),
        fitForm(box, form),
        form.height <= 3,
      );
  }
}
