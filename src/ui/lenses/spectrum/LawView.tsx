import { useLab } from '../../../store/lab';
import {
  CORRECTION_MODES,
  type CorrectionMode,
  type ErrorLaw,
  type NaturalRemovals,
} from '../../../topology/analysis/types';
import { groupedInteger, typedNumber, significant } from '../../../drawing/format';
import { Button, NumberField } from '../../kit';
import { measureInThread, useAnalysis } from '../analysis';
import { MeasureBar } from '../MeasureBar';
import { LogLogChart, type LogLine } from './LogLogChart';
import styles from './Spectrum.module.css';
import { useSpectrum } from './view';

const FACES: Record<CorrectionMode, Pick<LogLine, 'label' | 'colour' | 'look'>> = {
  'o+psi': { label: 'o and ψ', colour: 'var(--sigma)', look: 'strong' },
  o: { label: 'o only', colour: 'var(--length)', look: 'line' },
  psi: { label: 'ψ only', colour: 'var(--length)', look: 'dotted' },
  none: { label: 'neither', colour: 'var(--control)', look: 'control' },
};

const cells = (...values: (string | number)[]): string => `${values.join(',')}\n`;

/** What a removal costs: one unit with its σ scaled down in four modes, and the different units as they are. */
export function LawView() {
  const layer = useLab((state) => state.ui.focus);
  const bStar = useSpectrum((state) => state.bStar);
  const query = { kind: 'error-law', layer, bStar } as const;
  const natural = { kind: 'natural-removals', layer } as const;
  const law = useAnalysis(query);
  const units = useAnalysis(natural);
  return (
    <>
      <MeasureBar
        testId="law-measure"
        asking={law.asking || units.asking}
        measured={law.report !== null}
        step={law.step}
        stale={law.stale}
        error={law.error ?? units.error}
        offer="Takes one unit of your network, scales its σ down step by step and removes it in four ways; then each unit as it is."
        onMeasure={() => {
          measureInThread(query);
          measureInThread(natural);
        }}
      >
        <span className={styles.field}>
          <span>its b*</span>
          <NumberField
            label="Bias given to the unit"
            compact
            min={-100}
            max={100}
            value={bStar ?? law.report?.bStar ?? 0}
            format={(value) => (bStar === null && !law.report ? 'own' : typedNumber(value))}
            onCommit={(value) => useSpectrum.setState({ bStar: value })}
          />
          {bStar !== null && (
            <Button look="quiet" size="small" onClick={() => useSpectrum.setState({ bStar: null })}>
              its own
            </Button>
          )}
        </span>
      </MeasureBar>
      <LawChart law={law.report} />
      <UnitsScatter units={units.report} />
    </>
  );
}

function LawChart({ law }: { law: ErrorLaw | null }) {
  const slope = law?.slope ?? null;
  const about = law
    ? `one unit of layer ${law.layer + 1}, its σ scaled down from ${significant(law.sigma)} (to the right), b* ${significant(law.bStar)} · ε of the logits in %, n ${groupedInteger(law.n)}`
    : 'one unit, its σ scaled down (to the right) · error of the logits in %';
  const lines = law
    ? CORRECTION_MODES.map((mode): LogLine => ({
        id: mode,
        ...FACES[mode],
        x: law.sigmas,
        y: law.curves[mode],
      }))
    : [];
  return (
    <LogLogChart
      name="error-law"
      title="The error law"
      about={about}
      value={
        slope !== null && (
          <span data-testid="law-slope">
            slope <strong>{slope.toFixed(2)}</strong>
          </span>
        )
      }
      lines={lines}
      dots={[]}
      table={() => ({
        caption: about,
        head: ['σ', ...CORRECTION_MODES.map((mode) => FACES[mode].label)],
        rows: (law?.sigmas ?? []).map((sigma, i) => [
          significant(sigma),
          ...CORRECTION_MODES.map((mode) => significant(law?.curves[mode][i] ?? NaN)),
        ]),
      })}
      csv={() => [
        cells('sigma', ...CORRECTION_MODES.map((mode) => `epsilon_percent_${mode}`)),
        ...(law?.sigmas ?? []).map((sigma, i) =>
          cells(sigma, ...CORRECTION_MODES.map((mode) => law?.curves[mode][i] ?? '')),
        ),
      ]}
      empty="Not measured yet."
      caption={
        law
          ? `With o and ψ corrected the error falls with slope ${slope === null ? 'unknown' : slope.toFixed(2)}; at the smallest σ: ${CORRECTION_MODES.map((mode) => `${FACES[mode].label} ${significant(law.curves[mode].at(-1) ?? NaN)} %`).join(', ')}.`
          : 'Not measured yet.'
      }
    />
  );
}

function UnitsScatter({ units }: { units: NaturalRemovals | null }) {
  const points = units?.points ?? [];
  const about = units
    ? `each unit of layer ${units.layer + 1} removed alone, o and ψ corrected · no law: they differ in more than σ · n ${groupedInteger(units.n)}`
    : 'each unit removed alone: no law, they differ in more than σ';
  return (
    <LogLogChart
      name="natural-removals"
      title="Different units, as they are"
      about={about}
      lines={[]}
      dots={points.map(({ unit, sigma, epsilonPercent }) => ({
        x: sigma,
        y: epsilonPercent,
        title: `unit ${unit + 1}: σ ${significant(sigma)}, ε ${significant(epsilonPercent)} %`,
      }))}
      table={() => ({
        caption: about,
        head: ['Unit', 'σ', 'ε, %'],
        rows: points.map(({ unit, sigma, epsilonPercent }) => [
          String(unit + 1),
          significant(sigma),
          significant(epsilonPercent),
        ]),
      })}
      csv={() => [
        cells('unit', 'sigma', 'epsilon_percent'),
        ...points.map(({ unit, sigma, epsilonPercent }) => cells(unit + 1, sigma, epsilonPercent)),
      ]}
      empty="Not measured yet."
      caption={
        units
          ? `${points.length} units; the error goes from ${significant(Math.min(...points.map((p) => p.epsilonPercent)))} to ${significant(Math.max(...points.map((p) => p.epsilonPercent)))} %.`
          : 'Not measured yet.'
      }
    />
  );
}
