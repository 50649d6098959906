import { hasIsotropic } from '../../../network/architectures/registry';
import { isIsotropic } from '../../../network/network';
import { useLab } from '../../../store/lab';
import { groupedInteger } from '../../../drawing/format';
import { Switch } from '../../kit';
import { actions } from '../../kit/actions';
import styles from '../Hand.module.css';

/** The switch for automatic adaptation, with what it last decided. */
export function Adapt() {
  const adapt = useLab((state) => state.configuration.adapt);
  const scaffold = useLab((state) => state.configuration.scaffold);
  const every = useLab((state) => state.configuration.adaptEvery);
  const isotropic = useLab(({ snapshots, configuration, ui }) =>
    snapshots.main ? isIsotropic(snapshots.main.spec, ui.focus) : hasIsotropic(configuration),
  );
  useLab((state) => state.historyVersion);
  const last = useLab((state) => state.history.decisions.at(-1));
  const { control } = actions();
  if (!isotropic) return null;
  const text = last
    ? `step ${groupedInteger(last.step)}: layer ${last.layer + 1} ${last.change > 0 ? '+' : '−'}${Math.abs(last.change)}, ${last.small} of ${last.scaffold} spare`
    : `${groupedInteger(scaffold)} spare, every ${every === 0 ? 'epoch' : groupedInteger(every)}`;
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
