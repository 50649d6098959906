import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';
import { percent } from '../format';
import { at } from './Captions';
import type { Layout } from './layout';
import { live, useLive } from './live';
import styles from './Stage.module.css';

/** One row per class, level with its weights: tick box, name, and the softmax of the image under study. */
export function ClassList({ layout }: { layout: Layout }) {
  const { classes } = layout;
  const data = useLab((state) => state.configuration.data);
  const ticked = useLab((state) => state.configuration.classes);
  const reading = useLive(({ model }) => model?.reading ?? null);
  const outputs = useLive(({ model }) => model?.size[model.size.length - 1] ?? 0);
  if (!classes) return null;
  const all = Array.from({ length: outputs }, (_, c) => c);
  const on = ticked ?? all;
  const toggle = (c: number): void => {
    const next = on.includes(c) ? on.filter((k) => k !== c) : [...on, c].sort((a, b) => a - b);
    if (next.length === 0) return;
    useLab.getState().control({ name: 'classes', value: next.length === outputs ? null : next });
  };
  return (
    <div role="group" aria-label="Classes it trains on" className={styles.classes}>
      {all.map((c) => {
        const only = on.length === 1 && on[0] === c;
        const name = DATASETS[data].classNames[c] ?? `Class ${c}`;
        const p = reading?.probabilities[c] ?? 0;
        return (
          <label
            key={c}
            className={styles.class}
            style={{
              ...at(classes.box.x, classes.axis.start + c * classes.axis.pitch, classes.box.w),
              height: classes.axis.pitch,
            }}
            data-tight={classes.axis.pitch < 15 * layout.type || undefined}
            data-tall={classes.axis.pitch >= 20 * layout.type || undefined}
            data-off={on.includes(c) ? undefined : true}
            data-top={reading?.top === c ? true : undefined}
            title={only ? 'At least one class stays.' : undefined}
            onPointerEnter={() => live.setState({ hover: { kind: 'class', unit: c }, pointer: null })}
            onPointerLeave={() => live.setState({ hover: null, pointer: null })}
          >
            <input
              type="checkbox"
              checked={on.includes(c)}
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
