import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { PAGE_COLOURS } from '../../../drawing/colours';
import type { PlotBox } from '../../../drawing/plot/layout';
import { layOutPlot, PlotPicture } from '../../../drawing/plot/PlotPicture';
import type { PlotData } from '../../../drawing/plot/types';
import type { Recipe, TrialResult } from '../../../experiments/types';
import { useElementSize } from '../../../ui/kit/useElementSize';
import { LabLink } from '../results/LabLink';
import { factorsWritten } from '../words';
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

/** One plot: title, what a dot and a bar are, the drawing, and a readout of the point under the pointer or the keys. */
export function PlotFigure({ plot, recipe, results, foot, main }: PlotFigureProps) {
  const Heading = main ? 'h2' : 'h3';
  return (
    <figure className={styles.figure} data-main={main || undefined} data-plot={plot.id}>
      <div className={styles.head}>
        <Heading>{plot.title}</Heading>
        <PlotMenu plot={plot} recipe={recipe} foot={foot} />
      </div>
      <figcaption className={styles.about}>{plot.about}</figcaption>
      <PlotReader plot={plot} recipe={recipe} results={results} main={main} />
    </figure>
  );
}

/** How near a pointer must come to a point to read it, in pixels. */
const REACH = 28;

/** What a plot is laid out for on the page: as wide as there is room, its type 0.857 of the page's, which Present mode enlarges. */
function boxFor(width: number, main: boolean): PlotBox {
  const text = 0.857 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [least, share, most] = main ? [240, 0.42, 366] : [220, 0.5, 266];
  return { width, dataHeight: Math.min(most, Math.max(least, Math.round(share * width))), text };
}

/** The drawing, whose points are read by pointer and by arrow keys. */
function PlotReader({ plot, recipe, results, main = false }: Omit<PlotFigureProps, 'foot'>) {
  const [box, size] = useElementSize<HTMLDivElement>();
  const [chosen, setChosen] = useState<number | null>(null);
  const width = size?.width;
  const laidOut = useMemo(
    () => (width === undefined ? null : layOutPlot(plot, boxFor(width, main))),
    [plot, width, main],
  );
  const targets = useMemo(() => (laidOut ? targetsOf(laidOut) : []), [laidOut]);
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
    const now = chosen === null ? 0 : nextTarget(targets, Math.min(chosen, targets.length - 1), event.key);
    setChosen(now);
    // A heat map may be wider than the page: the cell that is read stays in sight.
    const { current } = box;
    if (current && current.scrollWidth > current.clientWidth)
      current.scrollTo({ left: targets[now].x - current.clientWidth / 2 });
  };
  const mark = plot.kind === 'heat' ? 'cell' : 'point';
  return (
    <>
      <div ref={box} className={styles.drawing}>
        {laidOut && (
          <svg
            width={laidOut.layout.width}
            height={laidOut.layout.height}
            role="slider"
            tabIndex={0}
            aria-label={`${plot.title}: ${mark}`}
            aria-valuemin={0}
            aria-valuemax={Math.max(0, targets.length - 1)}
            aria-valuenow={Math.max(0, chosen ?? 0)}
            aria-valuetext={
              target?.text ?? (targets.length > 0 ? `Arrow keys read the ${mark}s` : `No ${mark} yet`)
            }
            onPointerMove={pointed}
            onPointerDown={pointed}
            onKeyDown={keyed}
          >
            <PlotPicture laidOut={laidOut} colours={PAGE_COLOURS} />
            {target && <Chosen target={target} />}
          </svg>
        )}
      </div>
      <Readout target={target} mark={targets.length > 0 ? mark : null} recipe={recipe} results={results} />
    </>
  );
}

/** A ring around the chosen point, or a frame around the chosen cell. */
function Chosen({ target: { x, y, cell } }: { target: PlotTarget }) {
  return cell ? (
    <rect
      className={styles.chosen}
      x={x - cell.width / 2}
      y={y - cell.height / 2}
      width={cell.width}
      height={cell.height}
      rx={3}
    />
  ) : (
    <circle className={styles.chosen} cx={x} cy={y} r={8} />
  );
}

/** Runs named beside a mean; more are in the table and the files. */
const NAMED = 6;

/** What the chosen point says, and the way to its runs. */
function Readout({
  target,
  mark,
  recipe,
  results,
}: { target: PlotTarget | undefined; mark: string | null } & Pick<PlotFigureProps, 'recipe' | 'results'>) {
  if (!target)
    return (
      <p className={styles.readout}>
        <span className={styles.hint}>
          {mark
            ? mark === 'cell'
              ? 'Point at a cell, or use the arrow keys: its value appears here.'
              : 'Point at a mark, or use the arrow keys: its value and its runs appear here.'
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
