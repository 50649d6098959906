import { useLayoutEffect, useRef } from 'react';
import type { Gallery } from '../../store/state';
import styles from './Stage.module.css';

/** One gallery image, black to white, one canvas pixel per value. */
export function Picture({ gallery, index, label }: { gallery: Gallery; index: number; label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = Math.round(Math.sqrt(gallery.size));
  // Values that are no square, as the coordinates of a point, lie in a row.
  const [width, height] = side * side === gallery.size ? [side, side] : [gallery.size, 1];
  useLayoutEffect(() => {
    const ctx = canvas.current?.getContext('2d');
    if (!ctx) return;
    const { images, size, byteScale } = gallery;
    const image = ctx.createImageData(width, height);
    for (let j = 0; j < size; j++) {
      const grey = Math.round(255 * Math.min(1, images[index * size + j] * byteScale));
      image.data.set([grey, grey, grey, 255], 4 * j);
    }
    ctx.putImageData(image, 0, 0);
  }, [gallery, index, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      className={styles.picture}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}
