import type { Recipe, SizeName } from '../../experiments/types';
import type { ResultSet } from '../state/sets';
import { Select } from '../../ui/kit';
import { Compare } from './results/Compare';
import styles from './Experiments.module.css';
import { Result } from './results/Result';
import { RunPanel } from './RunPanel';
import { TakeAway } from './results/TakeAway';
import { useRecipe } from './useRecipe';

const PAPERS = {
  energy: 'Energy paper, arXiv 2604.24805',
  isotropic: 'Isotropic paper, arXiv 2602.23405',
  control: 'Our control',
} as const;

/** One experiment: what came out, and how to run it. */
export function RecipePage({ recipe, asked }: { recipe: Recipe; asked: SizeName | null }) {
  const view = useRecipe(recipe, asked);
  const { all, sets, set, report, others, other, size, isRunning, own, machine, failed, waiting } = view;
  return (
    <div className={styles.page} data-empty={set === undefined || undefined}>
      <div className={styles.pageHead}>
        <h1 tabIndex={-1}>{recipe.question}</h1>
        <p className={styles.quiet}>
          {PAPERS[recipe.source.paper]}, {recipe.source.where} · <code>{recipe.id}</code>
        </p>
      </div>
      <div className={styles.result}>
        {all.length > 0 && (
          <div className={styles.pick}>
            {sets.length > 1 ? (
              <span className={styles.picker}>
                <span aria-hidden="true">Results</span>
                <Select
                  label="Results shown"
                  choices={sets.map((one) => ({ id: one.id, label: described(one) }))}
                  value={set?.id ?? ''}
                  onChange={view.pick}
                />
              </span>
            ) : (
              set && (
                <span className={styles.quiet}>
                  {described(set)}
                  {set.kind === 'shipped' && machine && <> · made on {machine}</>}
                </span>
              )
            )}
            {set && others.length > 0 && (
              <span className={styles.picker}>
                <span aria-hidden="true">Beside</span>
                <Select
                  label="Compare with"
                  choices={[
                    { id: '', label: 'nothing' },
                    ...others.map((one) => ({ id: one.id, label: `${described(one)}, ${one.size}` })),
                  ]}
                  value={other?.id ?? ''}
                  onChange={view.compareWith}
                />
              </span>
            )}
          </div>
        )}
        {failed !== null && (
          <p className={styles.notice} data-severity="error">
            Our results could not be loaded: {failed}
          </p>
        )}
        {set && set.version !== recipe.version && (
          <p className={styles.notice} data-severity="notice">
            These {set.results.length} runs were made with version {set.version} of this experiment; it is now
            version {recipe.version}. They can be downloaded, and are not put beside new ones.
          </p>
        )}
        {set && set.version === recipe.version && !report && (
          <p className={styles.notice} data-severity="error" role="alert">
            These results are of this version, and still do not fit the analysis of the experiment. They can
            be downloaded as they are.
          </p>
        )}
        {isRunning && set && (
          <p className={styles.live} role="status">
            Partial results: the runs are still being made.
          </p>
        )}
        {set && report && other && <Compare recipe={recipe} set={set} report={report} other={other} />}
        {set && report && <Result recipe={recipe} set={set} report={report} />}
        {set && <TakeAway recipe={recipe} set={set} report={report} />}
        {!set && (
          <Unrun recipe={recipe} loading={waiting} elsewhere={[...new Set(all.map((one) => one.size))]} />
        )}
      </div>
      <aside className={styles.side}>
        <RunPanel key={size} recipe={recipe} size={size} own={own} />
      </aside>
    </div>
  );
}

const described = ({ label, results }: ResultSet): string =>
  `${label}, ${results.length} ${results.length === 1 ? 'run' : 'runs'}`;

/** An experiment without results at this size. */
function Unrun({
  recipe,
  loading,
  elsewhere,
}: {
  recipe: Recipe;
  loading: boolean;
  elsewhere: readonly SizeName[];
}) {
  return (
    <div className={styles.unrun} aria-busy={loading}>
      <p>{loading ? 'Looking for results …' : 'No run of this size yet.'}</p>
      {!loading && elsewhere.length > 0 && (
        <p className={styles.quiet}>There are results at size {elsewhere.join(', ')}.</p>
      )}
      <dl className={styles.facts}>
        <dt>Does not show</dt>
        <dd>{recipe.doesNotShow}</dd>
        <dt>The rule</dt>
        <dd>{recipe.rule}</dd>
        <dt>How to read it</dt>
        <dd>{recipe.howToRead}</dd>
      </dl>
    </div>
  );
}
