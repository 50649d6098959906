import { z } from 'zod';
import { type Configuration, configurationSchema } from '../../configuration/schema';
import { encodeConfiguration } from '../../configuration/url';
import type { EvaluationPoint, RunnerId } from '../../worker/protocol';
import type { SpectrumPoint } from '../series/history';
import type { SeriesTable } from '../series/seriesTable';
import type { LabState } from '../state';
import { columnNames, historyParts, EXPORTED_SERIES } from './series';

/** JSON has no NaN or ∞: a value that is not finite is null. */
const value = z.number().nullable();
const step = z.number().int().min(0);

const runSchema = z.object({
  run: z.enum(['main', 'baseline', 'twin']),
  /** Null for the run as it stands; an abandoned continuation otherwise. */
  branch: z.object({ id: z.number().int(), fromStep: step, toStep: step }).nullable(),
  /** One row per training step: `values[c][r]` is column c at `step[r]`. */
  table: z.object({ columns: z.array(z.string()), step: z.array(step), values: z.array(z.array(value)) }),
  evaluations: z.array(
    z.object({
      step,
      n: z.number().int(),
      accuracy: value,
      loss: value,
      energy: value,
      layerEnergy: z.array(value),
      aliveUnits: value,
    }),
  ),
  /** σ of each hidden layer, largest first. */
  spectra: z.array(z.object({ step, sigma: z.array(z.array(value)) })),
});

/** A whole run as one JSON document: configuration, pins with their reports, every raw value, branches included. */
export const runFileSchema = z.object({
  format: z.literal('parsimony-run'),
  version: z.literal(1),
  savedAt: z.iso.datetime(),
  /** Configuration as it now stands; with it and the seed the run can be repeated up to its pins. */
  configuration: configurationSchema,
  /** Configuration the run started with; null before it did. */
  startedWith: configurationSchema.nullable(),
  /** The same as a link's query string. */
  query: z.string(),
  engine: z
    .object({ id: z.string(), label: z.string(), adapter: z.string(), software: z.boolean() })
    .nullable(),
  step,
  stepsPerEpoch: value,
  series: z.record(z.string(), z.string()),
  pins: z.array(
    z.object({ id: z.number(), step, kind: z.string(), label: z.string(), report: z.unknown().nullable() }),
  ),
  fullEvaluations: z.array(z.object({ run: z.string(), step, n: z.number().int(), accuracy: value })),
  runs: z.array(runSchema),
});
export type RunFile = z.infer<typeof runFileSchema>;

const RUNNERS: readonly RunnerId[] = ['main', 'baseline', 'twin'];
const finite = (x: number): number | null => (Number.isFinite(x) ? x : null);

function tableOf(table: SeriesTable): RunFile['runs'][number]['table'] {
  const rows = Array.from({ length: table.rows }, (_, r) => r);
  return {
    columns: columnNames(table.columns),
    step: rows.map((r) => table.stepAt(r)),
    values: columnNames(table.columns).map((_, c) => rows.map((r) => finite(table.at(r, c)))),
  };
}

const evaluationOf = (point: EvaluationPoint): RunFile['runs'][number]['evaluations'][number] => ({
  step: point.step,
  n: point.n,
  accuracy: finite(point.accuracy),
  loss: finite(point.loss),
  energy: finite(point.energy),
  layerEnergy: point.layerEnergy.map(finite),
  aliveUnits: finite(point.aliveUnits),
});

const spectrumOf = ({ step: at, sigma }: SpectrumPoint): RunFile['runs'][number]['spectra'][number] => ({
  step: at,
  sigma: sigma.map((values) => Array.from(values, finite)),
});

type Source = Pick<
  LabState,
  'configuration' | 'running' | 'engine' | 'run' | 'pins' | 'fullEvaluations' | 'history'
>;

/** The run file of a lab. `savedAt` is handed in so that the function stays pure. */
export function runFile(lab: Source, savedAt: Date): RunFile {
  const { configuration, running, engine, run, pins, fullEvaluations, history } = lab;
  const runs = historyParts(history).flatMap(({ branch, part }) =>
    RUNNERS.map((runner) => ({
      run: runner,
      branch: branch && { id: branch.id, fromStep: branch.fromStep, toStep: branch.toStep },
      table: tableOf(part.tables[runner]),
      evaluations: part.evaluations.filter((p) => p.runner === runner).map(evaluationOf),
      spectra: runner === 'main' ? part.spectra.map(spectrumOf) : [],
    })).filter((r) => r.table.step.length || r.evaluations.length || r.spectra.length),
  );
  return {
    format: 'parsimony-run',
    version: 1,
    savedAt: savedAt.toISOString(),
    configuration,
    startedWith: running,
    query: encodeConfiguration(configuration),
    engine,
    step: run.step,
    stepsPerEpoch: finite(run.stepsPerEpoch),
    series: { ...EXPORTED_SERIES },
    pins: pins.map(({ id, step: at, kind, label, report }) => ({ id, step: at, kind, label, report })),
    fullEvaluations: Object.entries(fullEvaluations).map(([name, e]) => ({
      run: name,
      step: e.step,
      n: e.n,
      accuracy: finite(e.accuracy),
    })),
    runs,
  };
}

/** "parsimony_fashion-mnist_seed7_step600_accuracy.csv" */
export function exportFileName(
  configuration: Configuration,
  at: number,
  what: string,
  extension: string,
): string {
  const part = what.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `parsimony_${configuration.data}_seed${configuration.seed}_step${at}_${part}.${extension}`;
}
