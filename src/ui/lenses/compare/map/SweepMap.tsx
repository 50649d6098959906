import { isIsotropicActivation } from '../../../../activations/lookup';
import { useState } from 'react';
import { useLab } from '../../../../store/lab';
import { hasDrifted } from '../../../controls/lambda/trackWindows';
import { Button } from '../../../kit';
import { actions } from '../../../kit/actions';
import styles from '../Compare.module.css';
import { type SweepGrid, gridFor } from './grid';
import { MapFigure } from './MapFigure';
import { SweepControl } from '../SweepControl';
import { useSweep } from '../view';

const NONE = new Float32Array(0);
const ends = (values: number[]) => ({ low: values[0], high: values[values.length - 1] });

/** The grid where the present network would be mapped: it follows in quarter decades, as the tracks of the rail do. */
function usePlan(): SweepGrid | null {
  const main = useLab((lab) => lab.evaluations.main);
  const norms = useLab((lab) => lab.evaluations.main?.squaredNorms.at(lab.ui.focus) ?? NONE);
  const held = useLab((lab) => lab.ui.held !== null);
  const target = gridFor(main?.loss ?? NaN, main?.energy ?? NaN, norms);
  const [shown, setShown] = useState(target);
  const far =
    shown &&
    target &&
    (hasDrifted(ends(shown.lambdas), ends(target.lambdas)) || hasDrifted(ends(shown.os), ends(target.os)));
  if (target && !held && (!shown || far)) setShown(target);
  return shown;
}

/** Twenty-five copies over a square of o and λ, with your own network to be moved on it. */
export function SweepMap() {
  const { state, trail, pending } = useSweep('map');
  const activation = useLab((lab) => lab.snapshots.main?.spec.activation ?? lab.configuration.activation);
  const off = useLab(
    (lab) => (lab.snapshots.main?.spec.hidden.at(0)?.o ?? lab.configuration.oMode) === 'off',
  );
  const plan = usePlan();
  if (!isIsotropicActivation(activation) || off)
    return <Unavailable elementwise={!isIsotropicActivation(activation)} />;
  const grid = state?.sweep.kind === 'map' ? state.sweep : plan;
  return (
    <>
      <SweepControl
        kind="map"
        sweep={plan && { kind: 'map', ...plan }}
        label="Train 25 copies over λ and o"
        offer={
          plan
            ? 'Copies of your network as it is now, each with its own λ and o (in every hidden layer), trained on the same batches. Twenty-five times the work.'
            : 'The map is laid out by the data loss, E and ‖z‖² of your network: its first steps are on their way.'
        }
      />
      {grid ? (
        <MapFigure grid={grid} state={state} trail={trail} pending={pending} />
      ) : (
        <p className={styles.nothing}>Nothing measured yet. Play, and the map finds where λ and o bite.</p>
      )}
    </>
  );
}

/** Why there is no map of this network, and the way out. */
function Unavailable({ elementwise }: { elementwise: boolean }) {
  return (
    <div className={styles.nothing}>
      <p>
        {elementwise
          ? 'Elementwise layers have no intrinsic length: there is no o to map.'
          : 'o is off, an exact 0: there is only the shell to map.'}
      </p>
      <Button
        onClick={() =>
          actions().change(
            elementwise
              ? { activation: 'isotropic-tanh', initialisation: 'orthogonal', oMode: 'trained' }
              : { oMode: 'trained' },
          )
        }
      >
        {elementwise ? 'Isotropic tanh (restarts)' : 'Turn o on (restarts)'}
      </Button>
    </div>
  );
}
