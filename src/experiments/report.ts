import { type Recipe, type ExperimentReport, SIZE_NAMES, type SizeName, type TrialResult } from './types';
import { verdictOf, type VerdictOutcome } from './verdict';

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** The results of a recipe at a size among all results, in the order of its trials. */
function ownResults(recipe: Recipe, size: SizeName, results: readonly TrialResult[]): TrialResult[] {
  const own = results.filter((result) => result.recipe === recipe.id && result.size === size);
  const seeds = Math.max(0, ...own.map(({ seed }) => seed + 1));
  const order = new Map(recipe.trials(size, { seeds }).map(({ id }, i) => [id, i]));
  const place = ({ trial }: TrialResult): number => order.get(trial) ?? Infinity;
  return own.sort((a, b) => place(a) - place(b));
}

function unjudged(size: SizeName): { outcome: VerdictOutcome; because: string } {
  const because =
    size === 'tiny'
      ? 'This size only shows that the experiment runs.'
      : 'Runs of this size are too small or too short to judge the claim.';
  return { outcome: 'cannot say', because };
}

/**
 * The report on the results that are there so far. `planned` is the number of runs that were to be made; all of the size
 * where it is left out. At sizes below the one from which the recipe is judged, the verdict is "cannot say".
 */
export function reportOf(
  recipe: Recipe,
  size: SizeName,
  results: readonly TrialResult[],
  planned = recipe.trials(size).length,
): ExperimentReport {
  const all = ownResults(recipe, size, results);
  const of = (status: TrialResult['status']): TrialResult[] => all.filter((one) => one.status === status);
  const [done, diverged, failed] = [of('done'), of('diverged'), of('failed')];
  const analysis = recipe.analyse({ size, done, all });
  const { criteria, found, main, further = [], tables, effects = [] } = analysis;
  const verdict = verdictOf(criteria, recipe.minimumSeeds);
  const tooSmall = SIZE_NAMES.indexOf(size) < SIZE_NAMES.indexOf(recipe.judgedFrom ?? 'quick');
  const seeds = new Set(all.map(({ seed }) => seed)).size;
  const n = [
    `${many(seeds, 'seed')}, ${many(done.length, 'run')}`,
    ...(all.length < planned ? [`${planned - all.length} still to come`] : []),
    ...(diverged.length > 0 ? [`${diverged.length} diverged`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
  ].join('; ');
  return {
    recipe: recipe.id,
    size,
    asked: recipe.question,
    found: done.length > 0 ? found : 'No run is done yet.',
    doesNotShow: recipe.doesNotShow,
    verdict: { ...(tooSmall ? unjudged(size) : verdict), rule: recipe.rule, criteria },
    counts: { planned, done: done.length, diverged: diverged.length, failed: failed.length },
    n,
    source: recipe.source,
    howToRead: recipe.howToRead,
    differences: [...(recipe.differences.always ?? []), ...(recipe.differences[size] ?? [])],
    published: recipe.published,
    main,
    further,
    tables,
    effects,
    engines: [...new Set(all.map(({ engine }) => `${engine.label}, ${engine.adapter}`))],
  };
}

/** The line under every picture of a result: what it was made of. */
export function pictureFooter({ recipe, size, n, engines }: ExperimentReport): string {
  return ['Parsimony', recipe, size, n, engines.join('; ')].filter(Boolean).join(' · ');
}
