import { useMemo } from 'react';
import { pictureFooter } from '../../../experiments/report';
import type { Recipe, ExperimentReport } from '../../../experiments/types';
import type { ResultSet } from '../../state/sets';
import { combinePlots, criteriaTable } from './compare';
import { DataTable } from './DataTable';
import { PlotFigure } from '../plot/PlotFigure';
import { reportSafely } from './reports';
import styles from './Result.module.css';
import { VerdictMark } from './RecipeVerdict';

/** Two sets of results of one experiment side by side: verdicts, the parts of the rule, and the main plot. */
export function Compare({
  recipe,
  set,
  report,
  other,
}: {
  recipe: Recipe;
  set: ResultSet;
  report: ExperimentReport;
  other: ResultSet;
}) {
  const second = useMemo(() => reportSafely(recipe, other), [recipe, other]);
  if (!second)
    return <p className={styles.part}>{other.label} cannot be read by this version of the experiment.</p>;
  const names = [nameOf(set, other), nameOf(other, set)] as const;
  const one = combinePlots(report.main, second.main, names);
  const foot = `${pictureFooter(report)} | ${pictureFooter(second)}`;
  return (
    <section className={styles.part} aria-labelledby="compared">
      <h2 id="compared">
        {names[0]} and {names[1]}
      </h2>
      <dl className={styles.pair}>
        {(
          [
            [names[0], report],
            [names[1], second],
          ] as const
        ).map(([name, each]) => (
          <div key={name}>
            <dt>
              {name} <VerdictMark outcome={each.verdict.outcome} />
            </dt>
            <dd>
              {each.found} <span className={styles.n}>{each.n}.</span>
            </dd>
          </div>
        ))}
      </dl>
      {set.size !== other.size && (
        <p className={styles.n}>
          The sizes differ ({set.size} and {other.size}): so do networks and training, not only chance.
        </p>
      )}
      {one ? (
        <PlotFigure plot={one} recipe={recipe} results={[]} foot={foot} main />
      ) : (
        <div className={styles.plots}>
          {[report, second].map((each, i) => (
            <PlotFigure
              key={names[i]}
              plot={{ ...each.main, title: `${each.main.title}: ${names[i]}` }}
              recipe={recipe}
              results={(i === 0 ? set : other).results}
              foot={pictureFooter(each)}
            />
          ))}
        </div>
      )}
      <DataTable table={criteriaTable(report, second, names)} />
    </section>
  );
}

/** A set's name, with its size where the other's differs. */
const nameOf = (set: ResultSet, other: ResultSet): string =>
  set.size === other.size && set.label !== other.label ? set.label : `${set.label}, ${set.size}`;
