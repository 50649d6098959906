import type { StageRectangle } from '../geometry/layout';
import type { Raster } from '../samples/raster';

const scratch = new Map<string, HTMLCanvasElement>();

/** A small canvas of its own per picture, so that nothing is allocated while weights stream in. */
function surface(name: string, width: number, height: number): HTMLCanvasElement {
  let canvas = scratch.get(name);
  if (!canvas) scratch.set(name, (canvas = document.createElement('canvas')));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return canvas;
}

/** Draws a raster into a box; crisp where its pixels are whole device pixels (or `crisp`), smooth otherwise. */
export function drawRaster(
  ctx: CanvasRenderingContext2D,
  name: string,
  raster: Raster,
  box: StageRectangle,
  crisp = false,
): void {
  const { width, height, pixels } = raster;
  if (width === 0 || height === 0) return;
  const canvas = surface(name, width, height);
  const data = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  canvas.getContext('2d')?.putImageData(data, 0, 0);
  const scale = (box.w * ctx.getTransform().a) / width;
  ctx.imageSmoothingEnabled = !crisp && Math.abs(scale - Math.round(scale)) > 0.01;
  ctx.imageSmoothingQuality = 'high';
  ctx.drawImage(canvas, box.x, box.y, box.w, box.h);
}
