import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { RECIPES } from '../../experiments/registry';
import type { Recipe, ExperimentReport } from '../../experiments/types';
import { workbenchAddress } from '../state/address';
import { leadingSet, type ResultSet, writtenDate } from '../state/sets';
import { loadShipped } from '../storage/shipped';
import { shippedIndex, type ShippedEntry, useExperiments } from '../state/state';
import { Icon, Segmented } from '../../ui/kit';
import styles from './Experiments.module.css';
import { reportSafely } from './results/reports';
import { sizeDuration } from './duration';
import { VerdictMark } from './results/RecipeVerdict';

const GROUPS = [
  { paper: 'energy', title: 'Energy paper', about: 'arXiv 2604.24805: what a price on activity does.' },
  {
    paper: 'isotropic',
    title: 'Isotropic paper',
    about: 'arXiv 2602.23405: layers without a preferred basis.',
  },
  { paper: 'control', title: 'Controls the papers lack', about: 'What else could explain it.' },
] as const;

const FILTERS = [
  { id: 'all', label: 'All' },
  { id: 'reproduced', label: 'Reproduced' },
  { id: 'not reproduced', label: 'Not' },
  { id: 'cannot say', label: 'Cannot say' },
] as const;
type Filter = (typeof FILTERS)[number]['id'];

/** All experiments by question, with what came out where something has. */
export function RecipeList() {
  const { runs, files, index, shipped } = useExperiments();
  const [typed, setTyped] = useState('');
  const search = useDeferredValue(typed);
  const [filter, setFilter] = useState<Filter>('all');
  useEffect(() => {
    void loadAll(shippedIndex({ index })?.entries ?? []);
  }, [index]);

  const rows = useMemo(
    () =>
      RECIPES.map((recipe) => {
        const set = leadingSet(recipe, { runs, files, index, shipped });
        return { recipe, set, report: set && reportSafely(recipe, set) };
      }),
    [runs, files, index, shipped],
  );
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter(({ recipe, report }) => {
    const text = [recipe.question, recipe.id, recipe.source.where, recipe.doesNotShow, report?.found]
      .join(' ')
      .toLowerCase();
    return (
      words.every((word) => text.includes(word)) && (filter === 'all' || report?.verdict.outcome === filter)
    );
  });
  return (
    <>
      <div className={styles.intro}>
        <h1 tabIndex={-1}>Experiments</h1>
        <p>
          Figures and tables of both papers, and the controls they lack, run in this browser: with seeds,
          intervals, and a verdict by a rule written before the runs.
        </p>
        <Shipped />
      </div>
      <div className={styles.tools} role="search">
        <label className={styles.search}>
          <Icon name="search" />
          <span className="visually-hidden">Search experiments</span>
          <input
            type="search"
            placeholder="Search: λ, neurons, Fig. 5 …"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Segmented label="Verdict" choices={FILTERS} value={filter} onChange={setFilter} />
      </div>
      <p className="visually-hidden" role="status">
        {shown.length} of {rows.length} experiments shown.
      </p>
      {shown.length === 0 && (
        <p className={styles.empty}>
          No experiment matches.{' '}
          <button
            type="button"
            className={styles.textButton}
            onClick={() => {
              setTyped('');
              setFilter('all');
            }}
          >
            Show all
          </button>
        </p>
      )}
      {GROUPS.map(({ paper, title, about }) => {
        const own = shown.filter(({ recipe }) => recipe.source.paper === paper);
        if (own.length === 0) return null;
        return (
          <section key={paper} className={styles.group} aria-labelledby={`group-${paper}`}>
            <div className={styles.groupHead}>
              <h2 id={`group-${paper}`}>{title}</h2>
              <p>{about}</p>
            </div>
            <ul className={styles.list}>
              {own.map(({ recipe, set, report }) => (
                <Row key={recipe.id} recipe={recipe} set={set} report={report} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

function Row({
  recipe,
  set,
  report,
}: {
  recipe: Recipe;
  set: ResultSet | null;
  report: ExperimentReport | null;
}) {
  const engine = useExperiments((state) => state.paces);
  const running = useExperiments((state) => state.running?.id.split(' ')[0] === recipe.id);
  const runs = recipe.trials('quick').length;
  const time = useMemo(() => sizeDuration(recipe, 'quick', engine), [recipe, engine]);
  return (
    <li className={styles.row} data-recipe={recipe.id}>
      <div className={styles.rowMain}>
        <h3>
          <a href={workbenchAddress({ recipe: recipe.id })}>{recipe.question}</a>
        </h3>
        <p className={styles.found}>{report ? report.found : 'Not run here yet.'}</p>
      </div>
      <div className={styles.rowSide}>
        {running ? (
          <span className={styles.live}>running</span>
        ) : report ? (
          <VerdictMark outcome={report.verdict.outcome} />
        ) : (
          <span className={styles.quiet}>no verdict yet</span>
        )}
        <span className={styles.quiet}>
          {set && report ? `${set.label}, ${set.size}, ${report.counts.done} runs` : recipe.source.where}
        </span>
        <span className={styles.quiet}>
          {set && report && <>{recipe.source.where} · </>}quick: {runs} runs{time && `, ${time}`}
        </span>
      </div>
    </li>
  );
}

/** Where results of ours come from, or why there are none. */
function Shipped() {
  const index = useExperiments((state) => state.index);
  if (index === 'loading') return <p className={styles.quiet}>Looking for results of ours …</p>;
  if ('reason' in index)
    return <p className={styles.quiet}>Our own results could not be loaded. {index.reason}</p>;
  if (index.entries.length === 0)
    return <p className={styles.quiet}>This copy of the lab ships no results of ours: run your own.</p>;
  return (
    <p className={styles.quiet}>
      Where you have not run an experiment yourself, the verdict is from our run
      {index.date && <>, {writtenDate(index.date)}</>}
      {index.machine && <>, on {index.machine}</>}.
    </p>
  );
}

/** One file after the other: the list fills while it is being read. */
async function loadAll(entries: readonly ShippedEntry[]): Promise<void> {
  for (const entry of entries) await loadShipped(entry);
}
