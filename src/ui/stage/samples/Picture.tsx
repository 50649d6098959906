import { useLayoutEffect, useRef } from 'react';
import type { Gallery } from '../../../store/state';
import { galleryPlanes, rasterPicture } from './samples';
import styles from '../Stage.module.css';

/** One gallery image, black to white or in its colours, one canvas pixel per value. */
export function Picture({ gallery, index, label }: { gallery: Gallery; index: number; label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = galleryPlanes(gallery);
  useLayoutEffect(() => {
    const { pixels } = rasterPicture(gallery, index);
    const data = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
    canvas.current?.getContext('2d')?.putImageData(data, 0, 0);
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
