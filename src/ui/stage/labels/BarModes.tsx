import { type CSSProperties, useId } from 'react';
import { useLab } from '../../../store/lab';
import type { BarMode } from '../../../store/state';
import { useLiveStage } from '../model/liveStage';
import { hasSigma } from '../geometry/shape';
import styles from '../Stage.module.css';

const MODES: readonly { id: BarMode; label: string; name: string }[] = [
  { id: 'sigma', label: 'σ', name: 'Singular values: solid bar = row norm, outline = σ' },
  { id: 'mean-square', label: 'h²', name: 'Mean h² over test images' },
  { id: 'image', label: 'h', name: 'h of the image under study' },
];

/** In place of σ where it says nothing of the units: pathways and convolutions. */
const NORMS: (typeof MODES)[number] = { id: 'sigma', label: '‖w‖', name: 'Row norms of the weights' };

/** The switch over the bars: σ · mean h² · this image. */
export function BarModes({ style }: { style?: CSSProperties }) {
  const mode = useLab((state) => state.ui.barMode);
  const name = useId();
  const sigma = useLiveStage(({ model }) => !model || hasSigma(model.shapes[model.focus]));
  return (
    <div
      role="radiogroup"
      aria-label="What the bars show"
      className={styles.modes}
      data-placed={style ? true : undefined}
      style={style}
    >
      {(sigma ? MODES : [NORMS, ...MODES.slice(1)]).map((m) => (
        <label key={m.id} title={m.name}>
          <input
            type="radio"
            name={name}
            checked={mode === m.id}
            aria-label={m.name}
            onChange={() => useLab.getState().setUi({ barMode: m.id })}
          />
          <span aria-hidden="true">{m.label}</span>
        </label>
      ))}
    </div>
  );
}
