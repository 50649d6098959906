import { AUGMENTATIONS } from '../../data/augment';
import { DATASETS } from '../../data/registry';
import { MEASURES } from '../../energy/measures';
import { hasIsotropic } from '../../network/architectures/registry';
import { useLab } from '../../store/lab';
import { Field } from '../kit';
import styles from '../overlays/Overlays.module.css';
import { RangeItem } from './RangeItem';
import { ChoiceItem, NumberItem, setField, SwitchItem } from './items';

const SITES = [
  {
    id: 'post',
    label: 'Activations h',
    describe: 'What leaves a hidden layer, before paths are merged.',
  },
  {
    id: 'pre',
    label: 'Pre-activations z',
    describe: 'Before the activation: ReLU cannot hide what is negative.',
  },
] as const;

/** The classes in training: a mirror of the tick boxes on the stage. */
function Classes() {
  const data = useLab((state) => state.configuration.data);
  const classes = useLab((state) => state.configuration.classes);
  const names = DATASETS[data].classNames;
  const ticked = classes ?? names.map((_, i) => i);
  const toggle = (index: number): void => {
    const next = ticked.includes(index)
      ? ticked.filter((c) => c !== index)
      : [...ticked, index].sort((a, b) => a - b);
    if (next.length > 0) setField('classes', next.length === names.length ? null : next);
  };
  return (
    <div data-control="setup-classes">
      <Field
        label="Classes in training"
        group
        hint="The next batch obeys. One at least stays."
        changed={classes !== null}
        onPutBack={() => setField('classes', null)}
      >
        {({ labelId }) => (
          <div className={styles.classes} role="group" aria-labelledby={labelId}>
            {names.map((name, index) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={ticked.includes(index)}
                  disabled={ticked.length === 1 && ticked[0] === index}
                  onChange={() => toggle(index)}
                />
                {name}
              </label>
            ))}
          </div>
        )}
      </Field>
    </div>
  );
}

/** Settings that act on the next submission. */
export function LiveGroup() {
  const optimiser = useLab((state) => state.configuration.optimiser);
  const psi = useLab((state) => state.configuration.psi);
  const isotropic = useLab((state) => hasIsotropic(state.configuration));
  const lagrangian = useLab((state) => state.configuration.architecture === 'lagrangian');
  return (
    <>
      <Classes />
      <ChoiceItem field="augment" label="Augmentation" choices={AUGMENTATIONS} />
      <ChoiceItem field="measure" label="Energy measure E" choices={MEASURES} />
      <ChoiceItem field="energySite" label="E is measured on" choices={SITES} />
      {lagrangian && (
        <RangeItem
          field="mu"
          label="μ (our reading)"
          live
          low={-3}
          high={3}
          step={0.05}
          hint="Weight of the constraint path in l = T − V + μ·C. Moves live; the timeline gets a pin."
        />
      )}
      <NumberItem field="learningRate" label="Learning rate" />
      <NumberItem
        field="weightDecay"
        label="Weight decay"
        disabled={optimiser === 'adam'}
        hint={optimiser === 'adam' ? 'Adam has none: take AdamW or SGD.' : undefined}
      />
      {isotropic && (
        <NumberItem
          field="psiDecay"
          label="ψ decay"
          disabled={psi !== 'decay'}
          hint={psi === 'decay' ? 'Weight of Σ‖ψ‖² in the loss.' : 'Acts where ψ is “trained with decay”.'}
        />
      )}
      <NumberItem
        field="theta"
        label="Threshold θ"
        hint="A unit whose σ is at or below θ is a scaffold neuron: drawn pale."
      />
      <SwitchItem
        field="keepDiagonal"
        label="Keep diagonal"
        hint="Turns every hidden layer to its diagonal basis again, each 20 steps."
      />
    </>
  );
}
