import { DataError } from '../../formats/error';
import type { ImportFaults } from '../faults';
import { canvasIsHonest, DISHONEST } from './honest';
import type { ImageSize } from './imageSize';
import { baseName } from '../pairing/paths';
import { type Album, coverCrop, isGrey, planAlbum, toGrey, writePlanes } from './pictures';
import type { ImportedSamples } from '../types';

/** Pictures decoded at a time. */
const TOGETHER = 8;

/** Draws one encoded picture into the canvas: filled, cropped in the middle, on white where it is transparent. */
async function draw(
  context: OffscreenCanvasRenderingContext2D,
  bytes: Uint8Array,
  to: ImageSize,
): Promise<Uint8ClampedArray> {
  // Blob wants memory that is nobody else's; the bytes may be a view of an archive.
  const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), { colorSpaceConversion: 'none' });
  const from = coverCrop(bitmap, to);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, to.width, to.height);
  context.drawImage(bitmap, from.x, from.y, from.width, from.height, 0, 0, to.width, to.height);
  bitmap.close();
  return context.getImageData(0, 0, to.width, to.height).data;
}

/**
 * Decodes an album at one size, by the browser's own decoders; what cannot be decoded is left out and named. Grey where every picture
 * is, or where `grey` asks for it.
 */
export async function decodeAlbum(
  album: Album,
  size: ImageSize,
  grey: boolean,
  file: string,
  faults: ImportFaults,
  progress: (done: number, total: number) => void,
): Promise<ImportedSamples & { allGrey: boolean }> {
  const { pictures, notes } = planAlbum(album, size, file);
  if (!canvasIsHonest()) throw new DataError(file, DISHONEST);
  const area = size.width * size.height;
  const values = new Uint8Array(3 * area * pictures.length);
  const labels = new Uint16Array(pictures.length);
  const test = new Uint8Array(pictures.length);
  const contexts = Array.from({ length: TOGETHER }, () => {
    const context = new OffscreenCanvas(size.width, size.height).getContext('2d', {
      willReadFrequently: true,
    });
    if (!context) throw new Error('This browser gives no canvas to decode pictures with.');
    context.imageSmoothingQuality = 'high';
    return context;
  });
  let [n, allGrey] = [0, true];
  for (let at = 0; at < pictures.length; at += TOGETHER) {
    const some = pictures.slice(at, at + TOGETHER);
    const decoded = await Promise.all(
      some.map(({ bytes }, k) => draw(contexts[k], bytes, size).catch(() => null)),
    );
    decoded.forEach((rgba, k) => {
      const picture = some[k];
      if (!rgba) {
        faults.add(baseName(picture.path), 'the browser cannot decode it: it is damaged or cut off');
        return;
      }
      writePlanes(rgba, values, 3 * area * n);
      allGrey &&= isGrey(rgba);
      labels[n] = picture.label;
      test[n] = Number(picture.test);
      n++;
    });
    progress(Math.min(at + TOGETHER, pictures.length), pictures.length);
  }
  const single = grey || allGrey;
  return {
    sample: 'picture',
    ...size,
    channels: single ? 1 : 3,
    count: n,
    values: single ? toGrey(values, n, area) : values.subarray(0, 3 * area * n),
    labels: labels.subarray(0, n),
    names: album.names,
    test: album.given ? test.subarray(0, n) : null,
    columns: null,
    notes,
    allGrey,
  };
}
