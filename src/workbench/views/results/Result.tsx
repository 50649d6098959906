import { formatNumber, formatInterval } from '../../../drawing/format';
import { pictureFooter } from '../../../experiments/report';
import type { Recipe, ExperimentReport } from '../../../experiments/types';
import type { ResultSet } from '../../state/sets';
import { DataTable } from './DataTable';
import { PlotFigure } from '../plot/PlotFigure';
import styles from './Result.module.css';
import { RecipeVerdict } from './RecipeVerdict';

/** The three lines and the verdict: what every result opens with. */
function Summary({ report }: { report: ExperimentReport }) {
  return (
    <>
      <dl className={styles.lines}>
        <dt>Asked</dt>
        <dd>{report.asked}</dd>
        <dt>Found</dt>
        <dd data-testid="found">{report.found}</dd>
        <dt>Does not show</dt>
        <dd>{report.doesNotShow}</dd>
      </dl>
      <RecipeVerdict verdict={report.verdict} n={report.n} differences={report.differences} />
    </>
  );
}

/** A result as it is read: three lines, verdict, one plot, then the rest. */
export function Result({
  recipe,
  set,
  report,
}: {
  recipe: Recipe;
  set: ResultSet;
  report: ExperimentReport;
}) {
  const { published, effects, engines, counts, tables, further } = report;
  const foot = pictureFooter(report);
  const shared = { recipe, results: set.results, foot };
  return (
    <>
      <Summary report={report} />
      <PlotFigure plot={report.main} {...shared} main />
      <p className={styles.reading}>
        <strong>How to read it.</strong> {report.howToRead}
      </p>
      {further.length > 0 && (
        <section className={styles.part}>
          <h2>Further plots</h2>
          <div className={styles.plots}>
            {further.map((plot) => (
              <PlotFigure key={plot.id} plot={plot} {...shared} />
            ))}
          </div>
        </section>
      )}
      {tables.map((table) => (
        <section key={table.id} className={styles.part}>
          <h2>{table.title}</h2>
          <DataTable table={table} />
        </section>
      ))}
      {effects.length > 0 && (
        <section className={styles.part}>
          <h2>Effect sizes</h2>
          <DataTable
            table={{
              id: 'effects',
              title: 'Effect sizes with 95 % intervals',
              columns: [
                { label: 'Effect' },
                { label: 'Kind' },
                { label: '95 % interval' },
                { label: 'n', format: 'count' },
              ],
              rows: effects.map(({ label, kind, interval, format }) => [
                label,
                kind,
                formatInterval(interval, format),
                interval.n,
              ]),
            }}
          />
        </section>
      )}
      {published.length > 0 && (
        <section className={styles.part}>
          <h2>Published values</h2>
          <ul>
            {published.map(({ label, value, unit, source }) => (
              <li key={`${label} ${source}`}>
                {label}: <strong>{formatNumber(value, 'number')}</strong> {unit}{' '}
                <span className={styles.n}>({source})</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className={styles.part}>
        <h2>What was run</h2>
        <p>
          {counts.done} done, {counts.diverged} diverged, {counts.failed} failed, of {counts.planned} planned.
          Diverged and failed runs are kept and counted; they have no place in the means.
        </p>
        {engines.length > 0 && <p className={styles.n}>Run on {engines.join('; ')}.</p>}
      </section>
    </>
  );
}
