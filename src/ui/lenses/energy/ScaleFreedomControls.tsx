import { isIsotropicActivation } from '../../../activations/lookup';
import { useLab } from '../../../store/lab';
import { Switch } from '../../kit';
import { actions } from '../../kit/actions';
import styles from './Energy.module.css';

/** Decay of the weights that the switch begins with. */
const DECAY = 0.01;

/** Experiments that take the free way out: weights that may not grow, or activations whose size is fixed. */
export function ScaleFreedomControls() {
  const { optimiser, weightDecay, normalise, activation, architecture } = useLab(
    (state) => state.configuration,
  );
  const decaying = optimiser === 'adamw' && weightDecay > 0;
  const isotropic = isIsotropicActivation(activation) && architecture === 'mlp';
  return (
    <details className={styles.arms}>
      <summary>Close the loophole</summary>
      <p className={styles.says}>
        Rescaling is free as long as later weights may grow. Either switch restarts the run, from the same
        seed.
      </p>
      <Switch
        checked={decaying}
        onChange={(on) =>
          actions().change(
            on
              ? { optimiser: 'adamw', weightDecay: weightDecay > 0 ? weightDecay : DECAY }
              : { optimiser: 'adam' },
          )
        }
      >
        {`Weight decay (AdamW, ${decaying ? weightDecay : weightDecay > 0 ? weightDecay : DECAY}): growing weights cost`}
      </Switch>
      <Switch checked={normalise} disabled={isotropic} onChange={(on) => actions().change({ normalise: on })}>
        {isotropic
          ? 'Normalised activations: not on isotropic layers, whose scalar sets their length'
          : 'Normalised activations: E is pinned, λ can do nothing'}
      </Switch>
    </details>
  );
}
