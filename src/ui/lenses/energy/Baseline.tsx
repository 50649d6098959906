import type { EnergyReport } from '../../../topology/analysis/types';
import { HandStatus } from '../../controls/Hand';
import { typedNumber } from '../../../drawing/format';
import { LogSlider, Segmented } from '../../kit';
import type { AnalysisState } from '../analysis';
import styles from './Energy.module.css';
import { RobustFigure } from './RobustFigure';
import { useRobustness } from './robust';
import { robustSentence } from './sentence';
import { ThreeNetworks } from './ThreeNetworks';
import { useEnergy } from './view';

const KINDS = [
  { id: 'noise', label: 'Noise' },
  { id: 'quantisation', label: 'Quantisation' },
] as const;

/** A window of σ and steps that reaches from harmless to hopeless for activations of the usual sizes. */
const TRACK = { low: 0.003, high: 3, zero: true };

/** The three networks, and what is left of each when its activations are disturbed. */
export function Baseline({
  report,
  step,
  id,
}: { report: EnergyReport } & Pick<AnalysisState<'energy'>, 'step' | 'id'>) {
  const { disturbance, sizes } = useEnergy();
  const size = sizes[disturbance];
  const { measure, site } = report;
  const subject = id === null ? null : { id, step };
  const { curve, point, error } = useRobustness(subject, { disturbance, measure, site }, size);
  const name = disturbance === 'noise' ? 'Noise σ' : 'Quantisation step';
  return (
    <section className={styles.baseline} aria-label="Three networks under disturbance">
      {report.refusal !== null && (
        <HandStatus tone="warn">
          {`There is no rescaled twin. ${report.refusal} What remains to judge by: noise and quantisation below, and gradient energy under All measures.`}
        </HandStatus>
      )}
      <ThreeNetworks report={report} point={point} />
      <div className={styles.disturb}>
        <Segmented
          label="Disturbance of the activations"
          wide
          choices={KINDS}
          value={disturbance}
          onChange={(next) => useEnergy.setState({ disturbance: next })}
        />
        <div className={styles.sliderHead}>
          <span>{name}</span>
          <output data-testid="disturbance-size">{typedNumber(size)}</output>
        </div>
        <LogSlider
          label={name}
          value={size}
          track={TRACK}
          min={TRACK.low}
          max={TRACK.high}
          onChange={(value) => useEnergy.setState({ sizes: { ...sizes, [disturbance]: value } })}
          onHold={() => undefined}
          valueText={`${name} ${typedNumber(size)}`}
          colour="var(--accuracy)"
          ticks={[
            { value: 0.01, label: '0.01' },
            { value: 0.1, label: '0.1' },
            { value: 1, label: '1' },
          ]}
          testId="disturbance"
        />
        <p className={styles.says} role="status" data-testid="robust-sentence">
          {error ?? (point ? robustSentence(point) : 'Measuring …')}
        </p>
      </div>
      <RobustFigure report={curve} size={size} />
    </section>
  );
}
