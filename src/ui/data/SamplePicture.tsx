import { useLayoutEffect, useRef } from 'react';
import styles from './OwnData.module.css';

/** One sample as a picture: planes [channel][y][x] of bytes, grey or red, green and blue. Decorative: its class stands beside it. */
export function SamplePicture({
  bytes,
  width,
  height,
}: {
  bytes: Uint8Array;
  width: number;
  height: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, height);
    const area = width * height;
    const step = bytes.length === 3 * area ? area : 0;
    for (let i = 0; i < area; i++)
      image.data.set([bytes[i], bytes[i + step], bytes[i + 2 * step], 255], 4 * i);
    context.putImageData(image, 0, 0);
  }, [bytes, width, height]);
  return <canvas ref={canvas} width={width} height={height} className={styles.sample} aria-hidden="true" />;
}
