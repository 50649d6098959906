import { useId } from 'react';
import type { StandardisationId } from '../../data/ids';
import type { SplitChoice } from '../../data/import/values/split';
import { NumberField, Segmented } from '../kit';
import styles from './OwnData.module.css';

const DIVISIONS = [
  { id: 'given', label: 'As the files say' },
  { id: 'random', label: 'By chance' },
] as const;

export interface DivisionState {
  kind: SplitChoice['kind'];
  share: number;
  seed: number;
  standardisation: StandardisationId;
}

interface DivisionProps {
  value: DivisionState;
  onChange: (fields: Partial<DivisionState>) => void;
  /** Whether the files divide the samples themselves. */
  given: boolean;
  features: boolean;
}

/** Into training and test samples, and how values are standardised. */
export function Division({ value, onChange, given, features }: DivisionProps) {
  const id = useId();
  const percent = Math.round(100 * value.share);
  return (
    <div className={styles.choices}>
      {given && (
        <Segmented
          label="Training and test"
          choices={DIVISIONS}
          value={value.kind}
          onChange={(kind) => onChange({ kind })}
        />
      )}
      {value.kind === 'random' && (
        <div className={styles.split}>
          <label htmlFor={id}>
            Test share <output htmlFor={id}>{percent} %</output>
          </label>
          <input
            id={id}
            type="range"
            min={5}
            max={50}
            step={5}
            value={percent}
            aria-valuetext={`${percent} % of each class for testing`}
            onChange={(event) => onChange({ share: Number(event.target.value) / 100 })}
          />
          <span className={styles.seed}>
            Seed{' '}
            <NumberField
              label="Seed of the division"
              compact
              whole
              min={0}
              max={999_999}
              value={value.seed}
              onCommit={(seed) => onChange({ seed })}
            />
          </span>
        </div>
      )}
      <div className={styles.split}>
        <span>Standardise</span>
        <Segmented
          label="Standardisation"
          choices={[
            { id: 'dataset', label: features ? 'All features alike' : 'All pixels alike' },
            { id: 'pixel', label: features ? 'Each feature by itself' : 'Each pixel by itself' },
          ]}
          value={value.standardisation}
          onChange={(standardisation) => onChange({ standardisation })}
        />
      </div>
    </div>
  );
}
