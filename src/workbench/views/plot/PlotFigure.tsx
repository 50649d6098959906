import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { PlotData } from '../../../experiments/plot/types';
import type { Recipe, TrialResult } from '../../../experiments/types';
import { useElementSize } from '../../../ui/charts/useElementSize';
import { LabLink } from '../results/LabLink';
import { factorsWritten } from '../words';
import { PlotMarks, PlotFrame, SeriesMarker } from './Drawing';
import { type AxisPlot, seriesLabels, layOutPlot } from './geometry';
import { Heat } from './Heat';
import styles from './Plot.module.css';
import { PlotMenu } from './PlotMenu';
import { nextTarget, type PlotTarget, targetsOf } from './targets';

interface PlotFigureProps {
  plot: PlotData;
  recipe: Recipe;
  results: readonly TrialResult[];
  /** Under an exported picture: what was run. */
  foot: string;
  main?: boolean;
}

/** One plot: title, what a dot and a bar are, the drawing, and a readout of the point under hand or key. */
export function PlotFigure({ plot, recipe, results, foot, main }: PlotFigureProps) {
  const labels = seriesLabels(plot);
  const Heading = main ? 'h2' : 'h3';
  return (
    <figure className={styles.figure} data-main={main || undefined} data-plot={plot.id}>
      <div className={styles.head}>
        <Heading>{plot.title}</Heading>
        <PlotMenu plot={plot} recipe={recipe} foot={foot} />
      </div>
      <figcaption className={styles.about}>{plot.about}</figcaption>
      {labels.length > 1 && (
        <ul className={styles.legend}>
          {labels.map((label, s) => (
            <li key={label}>
              <svg width="12" height="12" aria-hidden="true">
                <SeriesMarker series={s} x={6} y={6} />
              </svg>
              {label}
            </li>
          ))}
        </ul>
      )}
      {plot.kind === 'heat' ? <Heat plot={plot} /> : <Chart plot={plot} recipe={recipe} results={results} />}
    </figure>
  );
}

/** How near a pointer must come to a point to read it, in pixels. */
const REACH = 28;

function Chart({ plot, recipe, results }: { plot: AxisPlot } & Pick<PlotFigureProps, 'recipe' | 'results'>) {
  const [box, size] = useElementSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<number | null>(null);
  const geometry = useMemo(() => size && layOutPlot(plot, size), [plot, size]);
  const targets = useMemo(() => (geometry ? targetsOf(plot, geometry) : []), [plot, geometry]);
  const target = chosen === null ? undefined : targets.at(chosen);

  const pointed = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    let [best, least] = [-1, REACH];
    targets.forEach((one, i) => {
      const distance = Math.hypot(one.x - x, one.y - y);
      if (distance < least) [best, least] = [i, distance];
    });
    // Leaving a point keeps it read: its links are below.
    if (best >= 0) setChosen(best);
  };
  const keyed = (event: KeyboardEvent): void => {
    if (!/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key) || targets.length === 0) return;
    event.preventDefault();
    setChosen((now) =>
      now === null ? 0 : nextTarget(targets, Math.min(now, targets.length - 1), event.key),
    );
  };
  return (
    <>
      <p className={styles.axis}>{plot.y.label}</p>
      <div ref={box} className={styles.drawing}>
        {size && geometry && (
          <svg
            width={size.width}
            height={size.height}
            role="slider"
            tabIndex={0}
            aria-label={`${plot.title}: point`}
            aria-valuemin={0}
            aria-valuemax={Math.max(0, targets.length - 1)}
            aria-valuenow={Math.max(0, chosen ?? 0)}
            aria-valuetext={
              target?.text ?? (targets.length > 0 ? 'Arrow keys read the points' : 'No point yet')
            }
            onPointerMove={pointed}
            onPointerDown={pointed}
            onKeyDown={keyed}
          >
            <PlotFrame plot={plot} geometry={geometry} />
            <PlotMarks plot={plot} geometry={geometry} />
            {target && <circle className={styles.chosen} cx={target.x} cy={target.y} r={8} />}
          </svg>
        )}
      </div>
      <p className={styles.axis} data-x>
        {plot.x.label}
      </p>
      <Readout target={target} any={targets.length > 0} recipe={recipe} results={results} />
    </>
  );
}

/** Runs named beside a mean; more are in the table and the files. */
const NAMED = 6;

/** What the chosen point says, and the way to its runs. */
function Readout({
  target,
  any,
  recipe,
  results,
}: { target: PlotTarget | undefined; any: boolean } & Pick<PlotFigureProps, 'recipe' | 'results'>) {
  if (!target)
    return (
      <p className={styles.readout}>
        <span className={styles.hint}>
          {any
            ? 'Point at a mark, or use the arrow keys: its value and its runs appear here.'
            : 'Nothing to draw yet.'}
        </span>
      </p>
    );
  const runs = target.trials.flatMap((trial) => results.find((one) => one.trial === trial) ?? []);
  return (
    <div className={styles.readout}>
      <p>{target.text}</p>
      {runs.length === 1 && (
        <p>
          {factorsWritten(recipe, runs[0].factors)}, seed {runs[0].seed}. <LabLink result={runs[0]} />
        </p>
      )}
      {runs.length > 1 && (
        <p>
          Open in the Lab:{' '}
          {runs.slice(0, NAMED).map((run) => (
            <span key={run.trial} className={styles.runLink}>
              <LabLink result={run}>{`seed ${run.seed}`}</LabLink>
            </span>
          ))}
          {runs.length > NAMED && <span className={styles.hint}> and {runs.length - NAMED} more</span>}
        </p>
      )}
    </div>
  );
}
