import { useEffect, useMemo, useState } from 'react';
import type { Recipe, ExperimentReport, SizeName, TrialResult } from '../../experiments/types';
import { jobTrials } from '../state/queue';
import { leadingSet, type ResultSet, resultSets } from '../state/sets';
import { loadShipped } from '../storage/shipped';
import { shippedIndex, useExperiments } from '../state/state';
import { reportSafely } from './results/reports';

/** What the page of an experiment shows: the results there are, which of them are looked at, and what they say. */
export interface RecipeView {
  size: SizeName;
  /** The sets of results of all sizes, and those of this size. */
  all: readonly ResultSet[];
  sets: readonly ResultSet[];
  /** The set that is shown; undefined where there is none. */
  set: ResultSet | undefined;
  /** The report on the shown set; null where the set is of another version or does not fit the analysis. */
  report: ExperimentReport | null;
  /** The sets it can be compared with, and the one it is compared with. */
  others: readonly ResultSet[];
  other: ResultSet | undefined;
  /** The visitor's own results of this size. */
  own: readonly TrialResult[];
  isRunning: boolean;
  /** Results may still come from storage or the server. */
  waiting: boolean;
  /** Why shipped results could not be loaded. */
  failed: string | null;
  /** What shipped results were made on. */
  machine: string | null;
  pick: (id: string) => void;
  compareWith: (id: string) => void;
}

/** The state behind the page of an experiment. */
export function useRecipe(recipe: Recipe, asked: SizeName | null): RecipeView {
  const { runs, files, index, shipped, loaded, running, jobs } = useExperiments();
  const [picked, pick] = useState<string | null>(null);
  const [against, setAgainst] = useState<string | null>(null);
  const list = shippedIndex({ index });
  const entries = useMemo(
    () => (list?.entries ?? []).filter((one) => one.recipe === recipe.id),
    [list, recipe],
  );
  useEffect(() => {
    for (const entry of entries) void loadShipped(entry);
  }, [entries]);

  const { all, first } = useMemo(() => {
    const sources = { runs, files, index, shipped };
    return { all: resultSets(recipe.id, null, sources), first: leadingSet(recipe, sources) };
  }, [recipe, runs, files, index, shipped]);
  const size = asked ?? first?.size ?? 'quick';
  const job = jobs.find(({ id }) => id === `${recipe.id} ${size}`);
  const { sets, set, report } = useMemo(() => {
    const here = all.filter((one) => one.size === size);
    const current = here.filter(({ version }) => version === recipe.version);
    const chosen = here.find(({ id }) => id === picked) ?? current.at(0) ?? here.at(0);
    const planned = chosen?.kind === 'own' && job ? jobTrials(job).length : undefined;
    const fits = chosen?.version === recipe.version;
    return { sets: here, set: chosen, report: fits ? reportSafely(recipe, chosen, planned) : null };
  }, [all, size, picked, recipe, job]);
  const others = all.filter(({ id, version }) => id !== set?.id && version === recipe.version);
  const mine = sets.filter(({ kind, version }) => kind === 'own' && version === recipe.version);
  const shippedHere = entries
    .filter((entry) => entry.size === size)
    .flatMap(({ file }) => (shipped as Partial<typeof shipped>)[file] ?? []);
  return {
    ...{ size, all, sets, set, report, others },
    other: others.find(({ id }) => id === against),
    own: (mine.find(({ id }) => id === set?.id) ?? mine.at(0))?.results ?? [],
    isRunning: running !== null && running.id === job?.id,
    waiting: !loaded || index === 'loading' || shippedHere.some(({ state }) => state === 'loading'),
    failed: shippedHere.flatMap((file) => (file.state === 'failed' ? [file.reason] : [])).at(0) ?? null,
    machine: list?.machine ?? null,
    pick,
    compareWith: (id) => setAgainst(id || null),
  };
}
