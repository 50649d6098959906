import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Gallery } from '../../../store/state';
import { REDUCED_MOTION, useMedia } from '../../kit';
import { drawRaster } from '../paint/blit';
import { paintPattern } from '../paint/pattern';
import { type StagePalette, readPalette, watchPalette } from '../paint/palette';
import { standardise } from './images';
import { Picture } from './Picture';
import { Regions } from '../labels/Regions';
import {
  eventBins,
  fullestBin,
  sampleKindOf,
  traceLines,
  galleryPlanes,
  rasterEvents,
  rawValues,
} from './samples';
import { parseHexColour } from '../paint/signedColours';
import styles from '../Stage.module.css';
import { inputName } from '../model/words';

interface SampleProps {
  gallery: Gallery;
  index: number;
  /** Named, it is the one under study; else one of many small ones. */
  label?: string;
}

/** One sample as what it is: a picture, a line over time, frames of events, words, a point among others, or values by name. */
export function Sample(props: SampleProps) {
  const { gallery, index, label } = props;
  switch (sampleKindOf(gallery.dataset)) {
    case 'picture':
      return <Picture {...props} />;
    case 'point':
      return label ? <Regions gallery={gallery} index={index} label={label} /> : <Values {...props} />;
    case 'text':
      return <Words {...props} />;
    case 'trace':
      return <Trace {...props} />;
    case 'events':
      return <Frames {...props} />;
    case 'features':
      return <Values {...props} />;
  }
}

type Paint = (ctx: CanvasRenderingContext2D, width: number, height: number, palette: StagePalette) => void;

/** A canvas the size of its box, painted anew when `paint` or the theme changes. */
function Drawing({ paint, label }: { paint: Paint; label?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const draw = (): void => {
      const element = canvas.current;
      const ctx = element?.getContext('2d');
      if (!element || !ctx) return;
      const dpr = window.devicePixelRatio || 1;
      const { clientWidth, clientHeight } = element;
      element.width = Math.round(clientWidth * dpr);
      element.height = Math.round(clientHeight * dpr);
      ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
      paint(ctx, clientWidth, clientHeight, readPalette());
    };
    draw();
    return watchPalette(draw);
  }, [paint]);
  return (
    <canvas
      ref={canvas}
      className={styles.picture}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    />
  );
}

/** Values over time from left to right; many of them in lines one beneath the other. */
function Trace({ gallery, index, label }: SampleProps) {
  const paint = useCallback<Paint>(
    (ctx, width, height, palette) => {
      const values = rawValues(gallery, index);
      const lines = label ? traceLines(values.length) : 1;
      const each = Math.ceil(values.length / lines);
      ctx.strokeStyle = palette.ink;
      ctx.lineWidth = label ? 1.25 : 1;
      ctx.lineJoin = 'round';
      for (let line = 0; line < lines; line++) {
        ctx.beginPath();
        for (let k = 0; k < each && line * each + k < values.length; k++) {
          const x = ((k + 0.5) / each) * width;
          const y = ((line + 0.96 - 0.92 * values[line * each + k]) / lines) * height;
          if (k === 0) ctx.moveTo(x, y);
          else ctx.lineTo(x, y);
        }
        ctx.stroke();
      }
    },
    [gallery, index, label],
  );
  return <Drawing paint={paint} label={label && `${label}, over time`} />;
}

/** The largest values by name, as the network reads them (standardised). */
function Values({ gallery, index, label }: SampleProps) {
  const paint = useCallback<Paint>(
    (ctx, width, height, palette) => {
      const box = { x: 0, y: -12, w: width, h: height + 12 };
      const form = { kind: 'list' } as const;
      paintPattern(
        ctx,
        'values',
        box,
        standardise(gallery, index),
        form,
        3,
        palette,
        label ? inputName : () => '',
      );
    },
    [gallery, index, label],
  );
  return <Drawing paint={paint} label={label && `${label}: its largest standardised values`} />;
}

/** Milliseconds a frame of events stands. */
const FRAME_MS = 120;

/** Frames of events in a loop, ON and OFF in the colours of the signs; a press halts it. Still where motion is not wanted. */
function Frames({ gallery, index, label }: SampleProps) {
  const still = useMedia(REDUCED_MOTION);
  const bins = eventBins(gallery);
  const [bin, setBin] = useState(0);
  const [halted, setHalted] = useState(false);
  const runs = label !== undefined && !still && !halted;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => setBin((now) => (now + 1) % bins), FRAME_MS);
    return () => clearInterval(timer);
  }, [runs, bins]);
  const strip = label !== undefined && still;
  const shown = label === undefined || strip ? -1 : bin;
  const paint = useCallback<Paint>(
    (ctx, width, _height, palette) => {
      const colours = {
        ground: parseHexColour(palette.ground),
        on: parseHexColour(palette.positive),
        off: parseHexColour(palette.negative),
      };
      const { height: rows, width: columns } = galleryPlanes(gallery);
      const all = Array.from({ length: bins }, (_, k) => k);
      const draw = (which: number[], x: number, y: number, w: number): void =>
        drawRaster(
          ctx,
          'events',
          rasterEvents(gallery, index, which, colours),
          { x, y, w, h: (w * rows) / columns },
          true,
        );
      if (!strip) return draw([shown < 0 ? fullestBin(gallery, index) : shown], 0, 0, width);
      const across = Math.ceil(Math.sqrt(bins));
      const side = width / across;
      all.forEach((k) => draw([k], (k % across) * side, Math.floor(k / across) * side, side - 2));
    },
    [gallery, index, shown, strip, bins],
  );
  if (!label) return <Drawing paint={paint} />;
  if (strip)
    return <Drawing paint={paint} label={`${label}: ${bins} frames in turn, ON green, OFF purple`} />;
  return (
    <button
      type="button"
      className={styles.frames}
      aria-pressed={halted}
      aria-label={`${label}: ${bins} frames in a loop. Halt`}
      title={`ON green, OFF purple. Press to ${halted ? 'go on' : 'halt'}.`}
      onClick={() => setHalted(!halted)}
    >
      <Drawing paint={paint} />
      <span aria-hidden="true">
        {bin + 1}/{bins}
      </span>
    </button>
  );
}

/** A short text. */
function Words({ gallery, index, label }: SampleProps) {
  const text = gallery.texts?.[index] ?? 'The words of this text are not here.';
  if (!label) return <span className={styles.line}>{text}</span>;
  return (
    <p className={styles.words} title={text} aria-label={`${label}: ${text}`} role="img">
      {text}
    </p>
  );
}
