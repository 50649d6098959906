import type { CSSProperties } from 'react';
import { useLab } from '../../../store/lab';
import { significant } from '../../../drawing/format';
import { type StageRectangle, type StageLayout, LAYER_STRIP_SIZE } from '../geometry/layout';
import { useLiveStage } from '../model/liveStage';
import { layerName, weightName } from '../model/names';
import { colourLegend } from '../geometry/valueForms';
import type { StageModel } from '../model/model';
import { absoluteStyle } from './absoluteStyle';
import { PathLabels } from './PathLabels';
import type { LayerShape } from '../geometry/shape';
import styles from '../Stage.module.css';

/** What a tile is, where it is more than the row of the first weights as one picture. */
function tileLegend({ tiles, focus, shapes, snapshot, paths }: StageModel): string {
  const { form, base } = tiles;
  const kernel = snapshot.spec.hidden[focus].convolution;
  if (kernel) return colourLegend(form, 'kernel', kernel.inChannels);
  const parts = [colourLegend(form, base >= 0 ? 'maps' : 'input', base >= 0 ? shapes[base].rows : 0)];
  const through = focus - base - 1;
  if (through > 0) {
    const from = base + 2;
    const name = through === 1 ? `layer ${from}` : `layers ${from}–${focus}`;
    const merged = shapes.findIndex((one, l) => l > base && l < focus && one.merged);
    const multiplied = merged >= 0 && snapshot.spec.hidden[merged].merge?.kind === 'multiply';
    parts.push(`through ${name}, linear part${multiplied ? ` of ${paths[merged][0]}` : ''}`);
  }
  return parts.filter(Boolean).join('; ');
}

const plusMinus = (end: number): string => `±${significant(end, 2)}`;

/** Names, widths and colour scales of what is drawn; a layer's caption brings it into focus. */
export function Captions({ layout }: { layout: StageLayout }) {
  const { tiles, maps, bars, matrix, next, after, before, output, classes, stairs, focus, type } = layout;
  const foot = maps.at(-1);
  const size = useLiveStage(({ model }) => model?.size.join() ?? '');
  const tileEnd = useLiveStage(({ model }) => model?.tiles.end ?? 0);
  const matrixEnd = useLiveStage(({ model }) => model?.matrixEnd ?? 0);
  const outputEnd = useLiveStage(({ model }) => model?.outputEnd ?? 0);
  const legend = useLiveStage(({ model }) => (model ? tileLegend(model) : ''));
  const width = size.split(',').map(Number);
  const depth = width.length - 2;
  const shape = layout.shapes[focus];
  const what = shape.map ? 'channels' : 'units';
  const shown = Math.min(tiles.length, width[focus + 1] ?? 0);
  const last = tiles[tiles.length - 1];
  const line = 16 * type;
  // Left of the output's last row, or beneath a matrix so short that the bars' legend stands there.
  const legendEnd = bars.y + bars.h + after.length * (LAYER_STRIP_SIZE + 4) + 6 * line;
  const end = output ? output.box.y + output.box.h : 0;
  const outputScale =
    output && end - line < legendEnd
      ? { ...absoluteStyle(output.box.x, end + 4), textAlign: 'left' as const }
      : absoluteStyle(bars.x, end - line, bars.w);
  return (
    <>
      {tiles.length > 0 && (
        <>
          <p
            className={styles.caption}
            style={absoluteStyle(tiles[0].x, 0, bars.x - tiles[0].x - 4)}
            title={
              shape.map
                ? 'Kernels, and the maps they make of the image under study after pooling and activation.'
                : focus === 0
                  ? `Rows of ${weightName(0)} as pictures: what each unit looks for.`
                  : `Rows of ${weightName(focus)} carried back through the layers before, without their activations.`
            }
          >
            {shown === width[focus + 1]
              ? `All ${shown} ${what}`
              : layout.paths.length > 1
                ? 'Largest by pathway'
                : `Largest ${shown} ${what}`}
          </p>
          {maps.length > 0 && (
            <span
              className={styles.caption}
              style={absoluteStyle(tiles[0].x, maps[0].y - line, bars.x - tiles[0].x)}
            >
              Kernel → map, this image
            </span>
          )}
          <div
            className={styles.tileFoot}
            style={absoluteStyle(
              tiles[0].x,
              Math.max(last.y + last.h, foot ? foot.y + foot.h : 0) + 4,
              foot ? Math.max(120 * type, foot.x + foot.w - tiles[0].x) : last.x + last.w - tiles[0].x,
            )}
          >
            <span>
              {weightName(focus)} {plusMinus(tileEnd)}
            </span>
            <button
              type="button"
              className={styles.quiet}
              onClick={() => useLab.getState().setUi({ overlay: 'tiles' })}
            >
              All {width[focus + 1]}…
            </button>
            {legend && <span className={styles.wrapped}>{legend}</span>}
          </div>
        </>
      )}
      <LayerCaption layer={focus} shape={shape} style={absoluteStyle(bars.x, 0)} current />
      <PathLabels layout={layout} />
      {next && matrix && (
        <div className={styles.captionRow} style={absoluteStyle(next.x, 0, Math.max(matrix.w, 170))}>
          <LayerCaption layer={focus + 1} shape={layout.shapes[focus + 1]} />
          <span
            className={styles.scale}
            title={
              layout.cells
                ? 'Kernels of 3 × 3, from the channels across to those above: colour scale at the 99th percentile'
                : 'Weights, rows of the bars across: colour scale at the 99th percentile. Where pathways are separate there are none.'
            }
          >
            {weightName(focus + 1)}ᵀ {plusMinus(matrixEnd)}
          </span>
        </div>
      )}
      {stairs && matrix && (
        <div
          className={styles.captionRow}
          style={absoluteStyle(matrix.x, matrix.y - line - 4, Math.max(matrix.w, 120))}
        >
          <span className={styles.scale}>
            {weightName(focus + 1)}ᵀ {plusMinus(matrixEnd)}
          </span>
        </div>
      )}
      {output && (
        <span
          className={styles.scaleRight}
          style={outputScale}
          title="Output weights: colour scale at the 99th percentile"
        >
          {weightName(depth)} {plusMinus(outputEnd)}
        </span>
      )}
      {classes && (
        <span
          className={styles.caption}
          style={absoluteStyle(classes.box.x, classes.box.y - line - 4, classes.box.w)}
          title="Bars: logits of the image under study, around 0. Ticked: classes it trains on."
        >
          Class · logit
        </span>
      )}
      {before.map(({ layer, box }) => (
        <StripButton
          key={layer}
          layer={layer}
          units={width[layer + 1]}
          box={box}
          caption={`L${layer + 1}`}
          y={0}
          x={box.x}
        />
      ))}
      {after.map(({ layer, box }) => (
        <StripButton
          key={layer}
          layer={layer}
          units={width[layer + 1]}
          box={box}
          caption={`Layer ${layer + 1} · ${sizeText(layout.shapes[layer], false)}`}
          x={bars.x}
          y={box.y + (box.h - line) / 2}
          width={bars.w}
        />
      ))}
    </>
  );
}

/** "128", "128 + 64" (in short 192), "3 × 128", "8 maps of 14 × 14". */
function sizeText({ rows, paths, map, merged }: LayerShape, short: boolean): string {
  if (map) return short ? String(rows) : `${rows} maps of ${map.width} × ${map.height}`;
  if (merged) return `${paths.length} × ${paths[0]}`;
  return short ? String(rows) : paths.join(' + ');
}

function LayerCaption({
  layer,
  shape,
  style,
  current,
}: {
  layer: number;
  shape: LayerShape;
  style?: CSSProperties;
  current?: boolean;
}) {
  return (
    <button
      type="button"
      className={current || style ? styles.layerCaption : styles.layerInline}
      style={style}
      aria-pressed={current ?? false}
      title={
        current
          ? 'In focus: the hands act on this layer'
          : `Bring layer ${layer + 1} into focus (key ${layer + 1})`
      }
      onClick={() => useLab.getState().setUi({ focus: layer })}
    >
      {layerName(layer)} <span className={styles.units}>· {sizeText(shape, current ?? false)}</span>
      {shape.normalised && (
        <span className={styles.units} title="h divided by its root mean square, for each image (no gain)">
          {' '}
          · RMS
        </span>
      )}
    </button>
  );
}

/** A strip is a button over its bars, with its name beside it. */
function StripButton({
  layer,
  units,
  box,
  caption,
  x,
  y,
  width,
}: {
  layer: number;
  units: number;
  box: StageRectangle;
  caption: string;
  x: number;
  y: number;
  width?: number;
}) {
  return (
    <>
      <span
        className={width ? styles.scaleRight : styles.caption}
        style={absoluteStyle(x, y, width)}
        aria-hidden="true"
      >
        {caption}
      </span>
      <button
        type="button"
        className={styles.strip}
        style={{ ...absoluteStyle(box.x, box.y, box.w), height: box.h }}
        aria-label={`Layer ${layer + 1}, ${units} units: bring into focus`}
        onClick={() => useLab.getState().setUi({ focus: layer })}
      />
    </>
  );
}
