import { useLab } from '../../store/lab';
import { Field, Icon, type IconName, Popover, Select } from '../kit';
import { CRITERIA } from '../setup/surgeryChoices';
import { actions } from '../kit/actions';
import styles from './Hand.module.css';
import { requestSparsify, sparsifyRefusal, requestZeroBiases } from './wholeNetwork';

interface EntryProps {
  icon: IconName;
  label: string;
  /** What the entry does, or why it cannot be used now. */
  note: string;
  disabled: boolean;
  act: () => void;
  id: string;
}

function Entry({ icon, label, note, disabled, act, id }: EntryProps) {
  return (
    <button type="button" className={styles.entry} disabled={disabled} onClick={act} data-testid={id}>
      <Icon name={icon} />
      <span>
        {label}
        <small>{note}</small>
      </span>
    </button>
  );
}

function useOperable(): boolean {
  return useLab((state) => ['paused', 'resting', 'playing', 'waiting'].includes(state.run.status));
}

/** The menu "⋯" of the Basis control: operations that turn more than one layer. */
export function BasisMenu() {
  const operable = useOperable();
  const refusal = useLab((state) => sparsifyRefusal(state.snapshots.main?.spec));
  return (
    <Popover label="Basis: more" icon="more" size="small" testId="basis-menu">
      {(close) => (
        <div className={styles.menu}>
          <Entry
            id="sparsify"
            icon="diagonal"
            label="Sparsify"
            note={refusal ?? 'Every second weight matrix diagonal; the function stays.'}
            disabled={!operable || refusal !== null}
            act={() => {
              close();
              requestSparsify();
            }}
          />
        </div>
      )}
    </Popover>
  );
}

/** The menu "⋯" of the Neurons control: the order of removal, and an operation on all biases. */
export function NeuronsMenu() {
  const operable = useOperable();
  const criterion = useLab((state) => state.configuration.criterion);
  const { change, setUi } = actions();
  return (
    <Popover label="Neurons: more" icon="more" size="small" testId="neurons-menu">
      {(close) => (
        <div className={styles.menu}>
          <Field label="What goes first" hint={CRITERIA.find(({ id }) => id === criterion)?.describe}>
            {({ id, describedBy }) => (
              <Select
                id={id}
                describedBy={describedBy}
                choices={CRITERIA}
                value={criterion}
                onChange={(next) => change({ criterion: next })}
              />
            )}
          </Field>
          <Entry
            id="zero-biases"
            icon="close"
            label="Remove all biases"
            note="Every bias and ψ to 0: the argmax becomes linear, at any depth."
            disabled={!operable}
            act={() => {
              close();
              requestZeroBiases();
            }}
          />
          <Entry
            id="adapt-settings"
            icon="settings"
            label="How it adapts"
            note="S, θ, pace, cap and layers, in Set-up."
            disabled={false}
            act={() => {
              close();
              setUi({ overlay: 'setup' });
            }}
          />
        </div>
      )}
    </Popover>
  );
}
