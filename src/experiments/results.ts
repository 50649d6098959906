import { z } from 'zod';
import { SIZE_NAMES, type Trial, type TrialResult } from './types';

/** A number, or null where it is not finite: JSON has no NaN and no ∞. */
const value = z.number().nullable();

/** What one line of a file of results must hold. */
export const trialResultSchema: z.ZodType<TrialResult> = z.object({
  format: z.literal('parsimony-trial'),
  recipe: z.string(),
  recipeVersion: z.number().int(),
  size: z.enum(SIZE_NAMES),
  trial: z.string(),
  factors: z.record(z.string(), z.union([z.string(), z.number()])),
  seed: z.number().int(),
  steps: z.number().int(),
  status: z.enum(['done', 'diverged', 'failed']),
  reason: z.string().nullable(),
  metrics: z.record(z.string(), value),
  series: z.record(z.string(), z.object({ x: z.array(z.number()), y: z.array(value) })),
  engine: z.object({ id: z.string(), label: z.string(), adapter: z.string(), software: z.boolean() }),
  lab: z.string(),
  link: z.string(),
  timings: z.record(z.string(), z.array(z.number())),
  provenance: z
    .object({ commit: z.string().nullable(), host: z.string().nullable(), date: z.string() })
    .optional(),
});

/** A result as one line of a file, without the line end. */
export function resultLine(result: TrialResult): string {
  return JSON.stringify(result);
}

/**
 * Reads the results in a file, one line of JSON each. Throws a sentence for people that names the line that is wrong.
 */
export function parseResults(text: string): TrialResult[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const found = parseResultLine(line);
    if (!found) throw new Error(`Line ${i + 1} is not the result of a run.`);
    return [found];
  });
}

/**
 * Reads one line; null where it is not the result of a run (a last line that was cut off when its writer was stopped).
 */
export function parseResultLine(line: string): TrialResult | null {
  try {
    return trialResultSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** A result without its timings and its provenance: what equal runs share. */
export function withoutTimings(result: TrialResult): TrialResult {
  const bare = { ...result, timings: {} };
  delete bare.provenance;
  return bare;
}

/** A value as JSON with the fields of its objects in the order of the alphabet. */
const ordered = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** Whether two results of a trial say the same: status, metrics and series to the last bit, on the same engine. */
export function sameNumbers(a: TrialResult, b: TrialResult): boolean {
  const numbers = ({ engine, status, reason, metrics, series, steps, seed }: TrialResult): string =>
    ordered([engine.id, status, reason, metrics, series, steps, seed]);
  return numbers(a) === numbers(b);
}

/**
 * What of a result contradicts the trial it claims to be of, in words; null where nothing does. A result is never trusted for its id alone:
 * a file may have been edited, or be of a lab whose recipe has changed.
 */
export function contradiction(
  { seed, steps, factors }: Pick<Trial, 'seed' | 'steps' | 'factors'>,
  result: TrialResult,
): string | null {
  if (result.steps !== steps) return `it has ${result.steps} steps, and its trial ${steps}`;
  if (result.seed !== seed) return `it has seed ${result.seed}, and its trial ${seed}`;
  const odd = Object.keys({ ...factors, ...result.factors }).find((id) => factors[id] !== result.factors[id]);
  return odd === undefined ? null : `its ${odd} is ${result.factors[odd]}, and its trial’s ${factors[odd]}`;
}
