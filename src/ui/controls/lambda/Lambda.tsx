import { useState, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { TYPED_RANGE } from '../../../network/settings';
import { isIsotropicActivation } from '../../../activations/lookup';
import { energyMeasure } from '../../../energy/measures';
import { isotropicActivation } from '../../../network/network';
import { useLab } from '../../../store/lab';
import { percent, typedNumber } from '../../../drawing/format';
import { Button, LogSlider, NumberField, Tooltip } from '../../kit';
import { recentMeans } from './recentMeans';
import { Hand, StatusLines, HandStatus } from '../Hand';
import { networkViability } from '../neurons/networkViability';
import styles from '../Hand.module.css';
import { useTrackWindow } from './useTrackWindow';
import { lambdaWindow, shellShare } from './trackWindows';
import { actions } from '../../kit/actions';

const TICKS = [0.01, 0.1, 1];

/**
 * Recent means of the data loss and of E; NaN before the first steps. Worked out anew only when the charts look again (`historyVersion`), as the
 * history itself grows far more often.
 */
function useRecentMeans(): { loss: number; energy: number } {
  const charts = useLab(useShallow(({ history, historyVersion }) => ({ history, historyVersion })));
  const evaluation = useLab((state) => (state.history.tables.main.rows > 0 ? null : state.evaluations.main));
  return useMemo(() => recentMeans(charts.history, evaluation ?? null), [charts, evaluation]);
}

/** Says why λ has no effect here and what can be done, or how strong its effect is. */
function LambdaStatus({ id }: { id: string }) {
  const lambda = useLab((state) => state.configuration.lambda);
  const { loss, energy } = useRecentMeans();
  const share = (lambda * energy) / loss;
  const focus = useLab((state) => state.ui.focus);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const o = useLab((state) => state.snapshots.main?.o[state.ui.focus] ?? 0);
  const point = useLab((state) => state.evaluations.main);
  const undoDepth = useLab((state) => state.run.undoDepth);
  const square = useLab(
    ({ configuration: { measure, energySite } }) =>
      energySite === 'post' && (measure === 'mean-square' || measure === 'sum-square'),
  );
  const { control, change, undo } = actions();

  const life = networkViability(point, lambda, spec?.outputs ?? 10);
  if (spec && !isIsotropicActivation(spec.activation) && life.state !== 'alive') {
    return (
      <HandStatus id={id} tone="bad" live>
        {life.state === 'dead'
          ? `All of layer ${life.layer + 1} is off: this network is dead.`
          : `Silenced by λ: no better than chance (${percent(point?.accuracy ?? NaN)}).`}{' '}
        <span className={styles.links}>
          <Button look="quiet" size="small" disabled={undoDepth === 0} onClick={undo}>
            Undo
          </Button>
        </span>
      </HandStatus>
    );
  }
  if (lambda > 0 && square && spec?.hidden.at(focus)?.normalise) {
    return (
      <HandStatus id={id} tone="warn">
        Layer {focus + 1} is normalised: its E is pinned, λ cannot pull here.{' '}
        <span className={styles.links}>
          <Button look="quiet" size="small" onClick={() => change({ normalise: false })}>
            without it (restarts)
          </Button>
        </span>
      </HandStatus>
    );
  }
  const activation = spec ? isotropicActivation(spec, focus) : null;
  const norms = point?.squaredNorms.at(focus);
  const onShell = norms && activation ? shellShare(norms, o, activation) : 0;
  const pull =
    lambda === 0
      ? 'λ is off.'
      : Number.isFinite(share)
        ? `λ·E = ${percent(share, share < 0.1 ? 1 : 0)} of the data loss`
        : '';
  if (onShell < 0.5) return <HandStatus id={id}>{pull || 'Waiting for the first steps.'}</HandStatus>;
  const off = spec?.hidden.at(focus)?.o === 'off';
  return (
    <HandStatus id={id} tone={lambda > 0 ? 'warn' : 'plain'}>
      {onShell > 0.9995 ? 'All' : percent(onShell)} on the shell: λ {onShell > 0.95 ? 'cannot' : 'can hardly'}{' '}
      pull here.{' '}
      <span className={styles.links}>
        <Button
          look="quiet"
          size="small"
          onClick={() =>
            off ? change({ oMode: 'trained', o: [100] }) : control({ name: 'o', layer: focus, value: 100 })
          }
        >
          o → 100{off ? ' (restarts)' : ''}
        </Button>
        <Button
          look="quiet"
          size="small"
          onClick={() => change({ activation: 'relu', initialisation: 'he' })}
        >
          try ReLU (restarts)
        </Button>
      </span>
    </HandStatus>
  );
}

/** The first control: λ, the weight of the energy in the loss. */
export function Lambda() {
  const lambda = useLab((state) => state.configuration.lambda);
  const measure = useLab((state) => state.configuration.measure);
  const held = useLab((state) => state.ui.held === 'lambda');
  const { loss, energy: e } = useRecentMeans();
  const spec = useLab((state) => state.snapshots.main?.spec);
  const { control, setUi } = actions();
  const [error, setError] = useState<string | null>(null);
  const window = useTrackWindow(lambdaWindow(loss, e), held, { low: 1e-4, high: 10 });
  const set = (value: number): void => control({ name: 'lambda', value });
  const known = loss > 0 && e > 0;
  const { formula, printed, describe } = energyMeasure(measure);
  return (
    <Hand
      id="lambda"
      title="λ energy weight"
      value={
        <NumberField
          label="λ, typed: 0, or 1e-6 to 1e4"
          compact
          zero
          min={TYPED_RANGE.min}
          max={TYPED_RANGE.max}
          value={lambda}
          format={typedNumber}
          onCommit={set}
          onError={setError}
        />
      }
    >
      {error && <HandStatus tone="bad">{error}</HandStatus>}
      <LogSlider
        label="λ"
        testId="lambda"
        value={lambda}
        valueText={`λ ${typedNumber(lambda)}`}
        track={{ ...window, zero: true }}
        min={TYPED_RANGE.min}
        max={TYPED_RANGE.max}
        colour="var(--energy)"
        ticks={known ? TICKS.map((share) => ({ value: (share * loss) / e, label: percent(share, 0) })) : []}
        describedBy="lambda-status"
        onChange={set}
        onHold={(on) => setUi({ held: on ? 'lambda' : null })}
      />
      <StatusLines n={3}>
        <LambdaStatus id="lambda-status" />
        <Tooltip text={`${printed(spec?.hidden.map((h) => h.width) ?? [])}. ${describe}`}>
          <span className={styles.formula} data-secondary>
            loss + λ·E, {formula}
          </span>
        </Tooltip>
      </StatusLines>
    </Hand>
  );
}
