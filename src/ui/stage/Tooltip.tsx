import { useLab } from '../../store/lab';
import { percent } from '../format';
import type { Layout } from './layout';
import type { Hover } from './lit';
import { useLive } from './live';
import type { StageModel } from './model';
import { strongest } from './bars';
import { figure, layerName, weightName } from './names';
import { outputNames } from './outputs';
import styles from './Stage.module.css';

type Line = [name: string, value: string];

/** Title and values of what is pointed at. */
export function valuesOf(
  hover: Hover,
  model: StageModel,
  classNames: readonly string[],
): { title: string; lines: Line[] } {
  const { snapshot, size, reading, norms, sigma } = model;
  const depth = size.length - 2;
  const target = (layer: number, i: number): string =>
    layer === depth ? (classNames[i] ?? `class ${i}`) : `unit ${i + 1}`;
  switch (hover.kind) {
    case 'unit': {
      const { layer, unit } = hover;
      const out = snapshot.weights[layer + 1];
      const to = strongest(out, unit, size[layer + 2], size[layer + 1]);
      const lines: Line[] = [
        ['row norm', figure(norms[layer][unit])],
        ['σ', sigma[layer] ? figure(sigma[layer][unit]) : 'not yet known'],
        ['bias', figure(snapshot.biases[layer][unit])],
      ];
      const values = model.bars.values[layer];
      if (model.bars.mode === 'mean-square' && values) lines.push(['mean h²', figure(values[unit])]);
      if (reading) lines.push(['h, this image', figure(reading.h[layer][unit])]);
      if (to >= 0)
        lines.push([`strongest to ${target(layer + 1, to)}`, figure(out[to * size[layer + 1] + unit])]);
      return { title: `${layerName(layer)}, unit ${unit + 1}`, lines };
    }
    case 'weight': {
      const { layer, from, to } = hover;
      const w = snapshot.weights[layer][to * size[layer] + from];
      const lines: Line[] = [[weightName(layer), figure(w)]];
      if (reading) lines.push(['w·h, this image', figure(w * reading.h[layer - 1][from])]);
      return { title: `${layerName(layer - 1)} unit ${from + 1} → ${target(layer, to)}`, lines };
    }
    case 'class': {
      const lines: Line[] = [];
      if (reading) {
        lines.push(['logit, this image', figure(reading.logits[hover.unit])]);
        lines.push(['softmax', percent(reading.probabilities[hover.unit], 2)]);
      }
      lines.push(['bias', figure(snapshot.biases[depth][hover.unit])]);
      return { title: classNames[hover.unit] ?? `Class ${hover.unit}`, lines };
    }
  }
}

/** The values of what the pointer is on, beside it. */
export function Tooltip({ layout }: { layout: Layout }) {
  const hover = useLive((state) => state.hover);
  const pointer = useLive((state) => state.pointer);
  const model = useLive((state) => state.model);
  const data = useLab((state) => state.configuration.data);
  if (!hover || !model) return null;
  const { title, lines } = valuesOf(hover, model, outputNames(data, model.snapshot.spec.blocks));
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
