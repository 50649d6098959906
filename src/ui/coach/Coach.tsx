import { DATASETS } from '../../data/registry';
import { isIsotropic } from '../../network/network';
import { useLab } from '../../store/lab';
import { FIRST_REST_STEP } from '../../store/lab';
import type { LabStore } from '../../store/state';
import { focusLayerWidth } from '../controls/neurons/holdPlayer';
import { surgeryRefusal } from '../controls/neurons/legality';
import { Button, IconButton } from '../kit';
import { CheckpointOffer } from '../overlays/CheckpointOffer';
import styles from './Coach.module.css';
import { runAsCoach, useCoachMemory } from './coachMemory';
import { CLEAR_SIGMA, coachStep } from './coachSteps';
import { prefersCalm } from './firstVisit';
import { actions } from '../kit/actions';

/** How many σ of the focus layer stand clear of the plateau, or null before they are known. */
function clearBars({ sigma, ui }: LabStore): number | null {
  const layer = sigma?.layers.at(ui.focus);
  return layer ? layer.filter((value) => value > CLEAR_SIGMA).length : null;
}

/**
 * The coach: one sentence and one button that suggest what to try next. It can be dismissed, and is quiet after anything
 * the visitor does unasked.
 */
export function Coach() {
  const quiet = useLab((state) => state.ui.coachQuiet);
  const checkpoint = useLab((state) => state.checkpoint);
  const permalink = useLab((state) => state.ui.permalink);
  const firstVisit = useLab((state) => state.ui.firstVisit);
  const status = useLab((state) => state.run.status);
  // The script changes at a few steps only: no need to look at each.
  const step = useLab((state) => Math.min(state.run.step, FIRST_REST_STEP));
  const isotropic = useLab(
    ({ snapshots, ui }) =>
      snapshots.main !== undefined &&
      isIsotropic(snapshots.main.spec, ui.focus) &&
      surgeryRefusal(snapshots.main.spec, ui.focus) === null,
  );
  const unadapted = useLab(
    ({ configuration }) => DATASETS[configuration.data].tasks !== null && !configuration.adapt,
  );
  const lambda = useLab((state) => state.configuration.lambda);
  const units = useLab(focusLayerWidth);
  const bars = useLab(clearBars);
  const memory = useCoachMemory();
  const { setUi } = actions();
  const view = {
    ...memory,
    permalink,
    firstVisit,
    calm: prefersCalm(),
    status,
    step,
    isotropic,
    unadapted,
    lambda,
    units,
    bars,
  };
  const line = quiet ? null : coachStep(view);
  return (
    <section className={styles.coach} aria-label="Coach">
      {checkpoint ? (
        <CheckpointOffer />
      ) : (
        <>
          <p className={styles.line} aria-live="polite">
            {status === 'resting' && (
              <span className={styles.rest}>Resting to spare your battery. Play to go on. </span>
            )}
            {line?.text(view)}
          </p>
          {line?.action && (
            <Button
              look="primary"
              size="small"
              onClick={() => {
                runAsCoach(() => line.action?.act(useLab.getState()));
                if (line.id === 'classes') useCoachMemory.setState({ classesTried: true });
                if (line.id === 'energy') useCoachMemory.setState({ energyTried: true });
              }}
            >
              {line.action.label}
            </Button>
          )}
          {line && (
            <IconButton
              icon="close"
              size="small"
              label="Quiet the coach"
              onClick={() => setUi({ coachQuiet: true })}
            />
          )}
        </>
      )}
    </section>
  );
}
