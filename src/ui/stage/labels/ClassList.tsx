import type { CSSProperties } from 'react';
import { absoluteStyle } from './absoluteStyle';
import { DATASETS } from '../../../data/registry';
import { useLab } from '../../../store/lab';
import { percent } from '../../../drawing/format';
import type { StageLayout } from '../geometry/layout';
import { liveStage, useLiveStage } from '../model/liveStage';
import { labelOfOutput, outputNames } from '../model/outputs';
import styles from '../Stage.module.css';

/** One row per class, level with its weights: tick box, name, and the softmax of the image under study. */
export function ClassList({ layout }: { layout: StageLayout }) {
  const { classes } = layout;
  const data = useLab((state) => state.configuration.data);
  const ticked = useLab((state) => state.configuration.classes);
  const reading = useLiveStage(({ model }) => model?.reading ?? null);
  const outputs = useLiveStage(({ model }) => model?.size[model.size.length - 1] ?? 0);
  const task = useLiveStage(({ model }) => model?.snapshot.spec.blocks?.join() ?? null);
  if (!classes) return null;
  const blocks = task?.split(',').map(Number);
  const names = outputNames(data, blocks);
  const all = Array.from({ length: outputs }, (_, c) => c);
  const labels = all.map((c) => labelOfOutput(data, blocks, c));
  const on = ticked ?? labels;
  const toggle = (c: number): void => {
    const label = labels[c];
    const next = on.includes(label) ? on.filter((k) => k !== label) : [...on, label].sort((a, b) => a - b);
    // At least one class of what is being learnt stays.
    if (!next.some((k) => labels.includes(k))) return;
    const whole = ticked === null ? outputs : DATASETS[data].classNames.length;
    useLab.getState().control({ name: 'classes', value: next.length === whole ? null : next });
  };
  return (
    <div role="group" aria-label="Classes it trains on" className={styles.classes}>
      {all.map((c) => {
        const only = on.filter((k) => labels.includes(k)).length === 1 && on.includes(labels[c]);
        const name = names[c] ?? `Class ${c}`;
        const p = reading?.probabilities[c] ?? 0;
        return (
          <label
            key={c}
            className={styles.class}
            style={
              {
                ...absoluteStyle(classes.box.x, classes.axis.start + c * classes.axis.pitch, classes.box.w),
                height: classes.axis.pitch,
                '--row': `${classes.axis.pitch}px`,
              } as CSSProperties
            }
            data-tight={classes.axis.pitch < 15 * layout.type || undefined}
            data-dense={
              classes.axis.pitch < 12 * layout.type
                ? classes.axis.pitch < 9 * layout.type
                  ? 'tiny'
                  : true
                : undefined
            }
            data-tall={classes.axis.pitch >= 20 * layout.type || undefined}
            data-off={on.includes(labels[c]) ? undefined : true}
            data-top={reading?.top === c ? true : undefined}
            title={only ? 'At least one class stays.' : undefined}
            onPointerEnter={() => liveStage.setState({ hover: { kind: 'class', unit: c }, pointer: null })}
            onPointerLeave={() => liveStage.setState({ hover: null, pointer: null })}
          >
            <input
              type="checkbox"
              checked={on.includes(labels[c])}
              disabled={only}
              aria-label={`Train on ${name}`}
              onChange={() => toggle(c)}
            />
            <span className={styles.className}>{name}</span>
            {reading && (reading.top === c || p >= 0.1) && (
              <span className={styles.share}>{percent(p, 0).replace(' %', '')}</span>
            )}
          </label>
        );
      })}
    </div>
  );
}
