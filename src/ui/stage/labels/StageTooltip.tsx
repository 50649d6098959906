import { useLab } from '../../../store/lab';
import { percent } from '../../../drawing/format';
import type { StageLayout } from '../geometry/layout';
import type { StageHover } from '../model/highlight';
import { useLiveStage } from '../model/liveStage';
import type { StageModel } from '../model/model';
import { inputWidths } from '../../../network/merge';
import { threeDigits, layerName, unitName, weightName } from '../model/names';
import { outputNames } from '../model/outputs';
import { hasSigma, kernelAfter, rowMeans, mapPositions, strongestReader } from '../geometry/shape';
import styles from '../Stage.module.css';

type Line = [name: string, value: string];

/** Title and values of what is pointed at. */
function tooltipContent(
  hover: StageHover,
  model: StageModel,
  classNames: readonly string[],
): { title: string; lines: Line[] } {
  const { snapshot, size, reading, norms, sigma, shapes, paths } = model;
  const { spec, weights } = snapshot;
  const depth = size.length - 2;
  const unit = (layer: number, i: number): string => unitName(shapes[layer], i, paths[layer]);
  const target = (layer: number, i: number): string =>
    layer === depth ? (classNames[i] ?? `class ${i}`) : unit(layer, i);
  switch (hover.kind) {
    case 'unit': {
      const { layer } = hover;
      const shape = shapes[layer];
      const to = strongestReader(spec, weights, layer, hover.unit, size[layer + 2]);
      const lines: Line[] = [
        [shape.map ? 'norm of its kernel' : 'row norm', threeDigits(norms[layer][hover.unit])],
      ];
      const own = sigma[layer];
      if (own) lines.push(['σ', threeDigits(own[hover.unit])]);
      else if (hasSigma(shape)) lines.push(['σ', 'not yet known']);
      lines.push(['bias', threeDigits(snapshot.biases[layer][hover.unit])]);
      const values = model.bars.values[layer];
      if (model.bars.mode === 'mean-square' && values)
        lines.push(['mean h²', threeDigits(values[hover.unit])]);
      if (reading && shape.map) {
        const each = mapPositions(shape);
        const map = reading.h[layer].subarray(hover.unit * each, (hover.unit + 1) * each);
        lines.push([
          'mean h², this image',
          threeDigits(
            rowMeans(
              shape,
              reading.h[layer].map((h) => h * h),
            )[hover.unit],
          ),
        ]);
        lines.push([
          'largest h, this image',
          threeDigits(map.reduce((most, h) => Math.max(most, h), -Infinity)),
        ]);
      } else if (reading) lines.push(['h, this image', threeDigits(reading.h[layer][hover.unit])]);
      if (to)
        lines.push([
          `strongest to ${target(layer + 1, to.to)}${to.several ? ' (norm)' : ''}`,
          threeDigits(to.value),
        ]);
      return { title: `${layerName(layer)}, ${unit(layer, hover.unit)}`, lines };
    }
    case 'weight': {
      const { layer, from, to } = hover;
      const below = shapes[layer - 1];
      const w = weights[layer];
      if (kernelAfter(spec, layer - 1)) {
        const at = (to * below.rows + from) * 9;
        const kernel = Array.from(w.subarray(at, at + 9), threeDigits);
        const rows = [0, 3, 6].map((r): Line => [`row ${r / 3 + 1}`, kernel.slice(r, r + 3).join('  ')]);
        return { title: `Kernel, channel ${from + 1} → ${target(layer, to)}`, lines: rows };
      }
      const value = w[to * inputWidths(spec)[layer] + from];
      const lines: Line[] = [[weightName(layer), threeDigits(value)]];
      if (reading && !below.merged)
        lines.push(['w·h, this image', threeDigits(value * reading.h[layer - 1][from])]);
      const place = Math.floor(from % mapPositions(below));
      const name = below.map
        ? `${unit(layer - 1, Math.floor(from / mapPositions(below)))} at row ${Math.floor(place / below.map.width) + 1}, column ${(place % below.map.width) + 1}`
        : below.merged
          ? `merged value ${from + 1}`
          : unit(layer - 1, from);
      return { title: `${layerName(layer - 1)} ${name} → ${target(layer, to)}`, lines };
    }
    case 'class': {
      const lines: Line[] = [];
      if (reading) {
        lines.push(['logit, this image', threeDigits(reading.logits[hover.unit])]);
        lines.push(['softmax', percent(reading.probabilities[hover.unit], 2)]);
      }
      lines.push(['bias', threeDigits(snapshot.biases[depth][hover.unit])]);
      return { title: classNames[hover.unit] ?? `Class ${hover.unit}`, lines };
    }
  }
}

/** The values of what the pointer is on, beside it. */
export function StageTooltip({ layout }: { layout: StageLayout }) {
  const hover = useLiveStage((state) => state.hover);
  const pointer = useLiveStage((state) => state.pointer);
  const model = useLiveStage((state) => state.model);
  const data = useLab((state) => state.configuration.data);
  if (!hover || !model) return null;
  const { title, lines } = tooltipContent(hover, model, outputNames(data, model.snapshot.spec.blocks));
  const { classes } = layout;
  const place =
    pointer ??
    (classes && hover.kind === 'class'
      ? { x: classes.box.x, y: classes.axis.start + hover.unit * classes.axis.pitch }
      : null);
  if (!place) return null;
  const left = place.x > layout.width - 210;
  const up = place.y > layout.height - 150;
  return (
    <dl
      className={styles.tip}
      aria-hidden="true"
      style={{
        ...(left ? { right: layout.width - place.x + 12 } : { left: place.x + 14 }),
        ...(up ? { bottom: layout.height - place.y + 10 } : { top: place.y + 14 }),
      }}
    >
      <dt className={styles.tipTitle}>{title}</dt>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
