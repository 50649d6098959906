import { z } from 'zod';
import { SIZE_NAMES, type TrialResult } from './types';

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

/** A result without its timings, which equal runs share. */
export function withoutTimings(result: TrialResult): TrialResult {
  return { ...result, timings: {} };
}
