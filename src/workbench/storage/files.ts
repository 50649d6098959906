import { errorMessage } from '../../base/errorMessage';
import { resultLine, parseResults, parseResultLine, trialResultSchema } from '../../experiments/results';
import type { Recipe, TrialResult } from '../../experiments/types';
import { knownRecipe } from '../state/sets';

/** What a file of results holds, and what the visitor is told about it. */
export interface ImportOutcome {
  results: TrialResult[];
  /** Sentences that say which results cannot be shown, and why. */
  remarks: string[];
}

/**
 * Reads a file of results: one JSON line each, or one JSON list. Throws a sentence for people that names what is wrong where none of it
 * can be used.
 */
export function importResults(name: string, text: string): ImportOutcome {
  if (text.trim() === '') throw new Error(`${name} is empty.`);
  const results = /^\s*\[/.test(text) ? fromList(name, text) : fromLines(name, text);
  const remarks: string[] = [];
  const unknown = [...new Set(results.map(({ recipe }) => recipe))].filter((id) => !knownRecipe(id));
  if (unknown.length > 0)
    remarks.push(`This version of the lab has no experiment ${unknown.map((id) => `“${id}”`).join(', ')}.`);
  const kept = results.filter(({ recipe }) => knownRecipe(recipe));
  if (kept.length === 0) throw new Error([`Nothing in ${name} can be shown.`, ...remarks].join(' '));
  const other = kept.filter(({ recipe, recipeVersion }) => knownRecipe(recipe)?.version !== recipeVersion);
  if (other.length > 0)
    remarks.push(
      `${other.length} of ${kept.length} runs were made by another version of their experiment: they are kept, but not put beside new ones.`,
    );
  return { results: kept, remarks };
}

function fromLines(name: string, text: string): TrialResult[] {
  try {
    return parseResults(text);
  } catch (error) {
    const why = errorMessage(error);
    const line = text.split('\n').find((one) => one.trim() !== '' && !parseResultLine(one));
    throw new Error(`${name} was not taken in. ${why}${line ? ` ${fault(line)}` : ''}`, { cause: error });
  }
}

function fromList(name: string, text: string): TrialResult[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (error) {
    throw new Error(`${name} was not taken in: it is not whole JSON.`, { cause: error });
  }
  return (list as unknown[]).map((one, i) => {
    const found = trialResultSchema.safeParse(one);
    if (!found.success)
      throw new Error(
        `${name} was not taken in. Entry ${i + 1} is not the result of a run. ${fault(JSON.stringify(one))}`,
      );
    return found.data;
  });
}

/** What is wrong with a line, in a sentence for people. */
function fault(line: string): string {
  try {
    const { error } = trialResultSchema.safeParse(JSON.parse(line));
    const issue = error?.issues.at(0);
    return issue ? `At “${issue.path.join('.') || 'its top'}”: ${issue.message}.` : '';
  } catch {
    return 'It is not JSON.';
  }
}

/** Results as JSON lines: the form the command line writes and this page reads. */
export const resultsAsJsonLines = (results: readonly TrialResult[]): string =>
  results.map((result) => `${resultLine(result)}\n`).join('');

/** Results as one JSON list. */
export const resultsAsJson = (results: readonly TrialResult[]): string =>
  `${JSON.stringify(results, null, 1)}\n`;

/** Results as CSV: a row a run, with its factors, how it ended, its metrics, times and link. */
export function resultsAsCsv(recipe: Recipe, results: readonly TrialResult[]): string {
  const metrics = [
    ...new Set([
      ...recipe.metrics.map(({ id }) => id),
      ...results.flatMap((one) => Object.keys(one.metrics)),
    ]),
  ];
  const timings = [...new Set(results.flatMap((one) => Object.keys(one.timings)))];
  const factors = recipe.factors.map(({ id }) => id);
  const head = [
    ...['experiment', 'version', 'size', ...factors, 'seed', 'steps', 'status', 'reason'],
    ...metrics,
    ...timings.map((name) => `seconds: ${name}`),
    ...['engine', 'adapter', 'lab', 'link'],
  ];
  const rows = results.map((one) => [
    ...[one.recipe, one.recipeVersion, one.size, ...factors.map((id) => one.factors[id])],
    ...[one.seed, one.steps, one.status, one.reason],
    ...metrics.map((id) => (one.metrics as Partial<typeof one.metrics>)[id]),
    ...timings.map((name) => (one.timings as Partial<typeof one.timings>)[name]?.reduce((a, b) => a + b, 0)),
    ...[one.engine.id, one.engine.adapter, one.lab, one.link],
  ]);
  return [head, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** A cell of a CSV; empty for nothing. */
function cell(value: string | number | null | undefined): string {
  const text = value == null ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
