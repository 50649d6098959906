import { useEffect } from 'react';
import { useLab } from '../../../store/lab';
import type { EnergyReport } from '../../../topology/analysis/types';
import { HandStatus } from '../../controls/Hand';
import { groupedInteger, significant } from '../../../drawing/format';
import { Button } from '../../kit';
import { actions } from '../../kit/actions';
import { useAnalysis } from '../analysis';
import { MeasureBar } from '../MeasureBar';
import { useSweepRefusal } from '../compare/view';
import { Headline } from './CourseView';
import { ScaleFreedomControls } from './ScaleFreedomControls';
import { Baseline } from './Baseline';
import styles from './Energy.module.css';
import { energySentence } from './sentence';
import { measureEnergy, useEnergy, useEnergyQuery, useZeroTwin } from './view';
import { WaterfallFigure } from './WaterfallFigure';

/** Why there is no waterfall of a measurement, or null. */
function whyNot({ twin, refusal, waterfall }: EnergyReport): string | null {
  if (waterfall) return null;
  if (!twin)
    return 'A waterfall needs the λ = 0 twin: the same network on the same batches, without the bill.';
  if (refusal !== null) return `No split. ${refusal}`;
  return 'No split: an energy is 0.';
}

function buttonText(rescalable: boolean, open: boolean): string {
  if (rescalable) return open ? 'Close the rescaled baseline' : 'Rescale the baseline';
  return open ? 'Close the comparison' : 'Compare under noise';
}

/** What became of E: the sentence, the waterfall, and on request the rescaled baseline under noise. */
export function WaterfallView() {
  const query = useEnergyQuery();
  const { report, id, step, ...asked } = useAnalysis(query);
  const { rescaled, wanted } = useEnergy();
  const twin = useZeroTwin();
  const paused = useLab((state) => ['paused', 'resting'].includes(state.run.status));
  const { measure, site } = query;
  // The twin was started for this picture: it is measured as soon as both stand at the same step.
  useEffect(() => {
    if (!wanted || twin !== 'level' || !paused) return;
    useEnergy.setState({ wanted: false });
    measureEnergy({ kind: 'energy', measure, site });
  }, [wanted, twin, paused, measure, site]);
  const empty =
    (report && whyNot(report)) ?? 'Beside its λ = 0 twin, the fall of E stands here, factor by factor.';
  return (
    <>
      {!report && <Headline />}
      {report && (
        <p className={styles.sentence} data-testid="energy-sentence">
          {energySentence(report)}
        </p>
      )}
      <TwinOffer measured={report !== null && report.twin !== null} />
      {(report !== null || twin === 'level' || asked.error !== null) && (
        <MeasureBar
          testId="energy-measure"
          {...asked}
          step={step}
          measured={report !== null}
          onMeasure={() => measureEnergy(query)}
          offer="Your network and its λ = 0 twin in float64: raw energy beside energies that no rescaling changes."
        />
      )}
      {report && report.behind > 0 && (
        <HandStatus tone="warn">{`The twin was ${groupedInteger(report.behind)} steps behind when this was measured.`}</HandStatus>
      )}
      <WaterfallFigure report={report} empty={empty} />
      {report?.twin && (
        <div className={styles.rescale}>
          <Button
            look={rescaled ? 'plain' : 'primary'}
            size="small"
            aria-expanded={rescaled}
            onClick={() => useEnergy.setState({ rescaled: !rescaled })}
          >
            {buttonText(report.refusal === null, rescaled)}
          </Button>
          {!rescaled && (
            <HandStatus>
              {report.refusal === null
                ? `Gives the twin your E, ${significant(report.network.raw.total, 2)}, without changing one answer; then noise tells them apart.`
                : 'No rescaling gives the twin your E without changing answers; noise and quantisation still tell the two apart.'}
            </HandStatus>
          )}
        </div>
      )}
      {report?.twin && rescaled && <Baseline report={report} step={step} id={id} />}
      <ScaleFreedomControls />
    </>
  );
}

/** Offers the twin the picture needs, says that it is catching up, or nothing. */
function TwinOffer({ measured }: { measured: boolean }) {
  const twin = useZeroTwin();
  const { step, target, kind } = useLab((state) => state.twin);
  const lambda = useLab((state) => state.configuration.lambda);
  const changed = useLab((state) => state.pins.some((pin) => pin.kind === 'lambda'));
  const blocked = useSweepRefusal();
  if (twin === 'level') return null;
  if (twin === 'behind')
    return (
      <HandStatus
        live
      >{`The λ = 0 twin is catching up: step ${groupedInteger(step)} of ${groupedInteger(target)}.`}</HandStatus>
    );
  const begin = (): void => {
    actions().setTwin('lambda-zero');
    useEnergy.setState({ wanted: true });
  };
  return (
    <div className={styles.offer}>
      <Button look={measured ? 'plain' : 'primary'} size="small" disabled={blocked !== null} onClick={begin}>
        {kind === 'off' ? 'Start the λ = 0 twin' : 'Replace the twin by a λ = 0 twin'}
      </Button>
      <HandStatus>
        {blocked ??
          (lambda === 0 && !changed
            ? 'The same network on the same batches without the bill. λ has been 0 so far: until you raise it, both are the same.'
            : 'The same network on the same batches without the energy bill: what E would be without λ.')}
      </HandStatus>
    </div>
  );
}
