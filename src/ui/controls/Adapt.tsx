import { useLab } from '../../store/lab';
import { count } from '../format';
import { Switch } from '../kit';
import { actions } from '../kit/actions';
import styles from './Hand.module.css';

/** The switch for automatic adaptation, with what it last decided. */
export function Adapt() {
  const adapt = useLab((state) => state.configuration.adapt);
  const scaffold = useLab((state) => state.configuration.scaffold);
  const every = useLab((state) => state.configuration.adaptEvery);
  const isotropic = useLab(
    (state) => (state.snapshots.main?.spec.activation ?? state.configuration.activation) === 'isotropic-tanh',
  );
  const last = useLab((state) => state.pins.findLast((pin) => /^adapt/i.test(pin.label)) ?? null);
  const { control } = actions();
  if (!isotropic) return null;
  const text = last
    ? `step ${count(last.step)}: ${last.label.replace(/^adapt\w*[:,]?\s*/i, '')}`
    : `${count(scaffold)} spare, every ${every === 0 ? 'epoch' : count(every)}`;
  return (
    <div className={styles.adapt} data-control="adapt">
      <Switch checked={adapt} onChange={(value) => control({ name: 'adapt', value })}>
        Adapt
      </Switch>
      {adapt && (
        <span title={text} data-testid="adapt-status">
          {text}
        </span>
      )}
    </div>
  );
}
