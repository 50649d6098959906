import { useState } from 'react';
import { energyMeasure } from '../../../../energy/measures';
import { useLab } from '../../../../store/lab';
import type { SweepPoint, SweepState } from '../../../../worker/protocol';
import chart from '../../../charts/Chart.module.css';
import { Figure } from '../../../charts/figure/Figure';
import { evaluationRows, rowAt } from '../../../charts/steps/chartLine';
import { useCaption } from '../../../charts/figure/useCaption';
import { useElementSize } from '../../../kit/useElementSize';
import { groupedInteger, percent, typedNumber, significant } from '../../../../drawing/format';
import styles from '../Compare.module.css';
import type { SweepGrid } from './grid';
import { MapCells } from './MapCells';
import { mapFrame } from './mapFrame';
import { MapHand } from './MapHand';
import { MapPicture } from './MapPicture';
import { measurable, sweepCsv } from '../sweep';
import { useOwnNetwork } from '../useOwnNetwork';

interface MapFigureProps {
  grid: SweepGrid;
  state: SweepState | null;
  trail: SweepState[];
  pending: boolean;
}

/** What a copy may lose and still count as unharmed. */
const POINT = 0.01;

const signed = (points: number): string => `${points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} points`;

/** The map with its menu, legend, reading and the hand on your own network. */
export function MapFigure({ grid, state, trail, pending }: MapFigureProps) {
  const type = useLab((lab) => lab.ui.present) ? 1.35 : 1;
  const measure = useLab((lab) => lab.configuration.measure);
  const history = useLab((lab) => lab.history);
  const main = useLab((lab) => lab.evaluations.main);
  const [box, size] = useElementSize<HTMLDivElement>();
  const [cell, setCell] = useState<number | null>(null);
  const own = useOwnNetwork(grid);
  const points = state?.points ?? [];
  const start = state ? rowAt(evaluationRows(history.evaluations, 'main'), state.startStep) : null;
  const level = start && start.value - POINT;
  const frame = size && mapFrame(size.width, size.height, type);
  const title = 'E over λ and o';
  const sound = points.filter(measurable);
  const below = level === null ? 0 : sound.filter((point) => point.accuracy < level).length;
  const measured = `${energyMeasure(measure).label.toLowerCase()}, n ${groupedInteger(state?.n ?? main?.n ?? 1000)}`;
  const since = state ? ` · ${groupedInteger(state.step - state.startStep)} steps since the start` : '';
  const line = !level
    ? ''
    : below === 0
      ? ` · no copy lost a point (${percent(start.value)} at the start)`
      : ` · line: ${percent(level)}, a point below yours at the start`;
  const lost = sound.length < points.length ? ' · ×: diverged' : '';
  const about = `${measured}${since}${line}${lost}`.replaceAll(' %', '\u00a0%');
  const read = ({ lambda, o, ...point }: SweepPoint): string => {
    const where = `λ ${typedNumber(lambda)} · o ${typedNumber(o ?? 0)}`;
    if (!measurable({ lambda, o, ...point })) return `${where}: diverged`;
    const gap = start ? ` (${signed(100 * (point.accuracy - start.value))})` : '';
    return `${where}: E ${significant(point.energy)} · ${percent(point.accuracy)}${gap}`;
  };
  const yours = `yours: λ ${typedNumber(own.lambda)} · o ${typedNumber(own.o)}${main ? `: E ${significant(main.energy)} · ${percent(main.accuracy)}` : ''}`;
  const lowest = sound.reduce<SweepPoint | null>((low, p) => (!low || p.energy < low.energy ? p : low), null);
  const caption = useCaption(
    `${about}. ${yours}.${lowest ? ` Lowest: ${read(lowest)}. ${below} of ${points.length} copies lost more than a point.` : ''}`,
  );
  const chosen = cell === null ? undefined : points.at(cell);
  return (
    <Figure
      box={box}
      className={styles.map}
      chart="map"
      name="lambda-o-map"
      title={title}
      about={about}
      format={significant}
      table={() => mapTable(state)}
      csv={() => sweepCsv(trail)}
      series={() => false}
      plot={{ className: styles.square }}
      foot={
        <>
          <p className={styles.reading} data-testid="map-reading">
            {chosen ? read(chosen) : yours}
          </p>
          <p className={chart.note}>
            Drag the dot, or move it by the arrow keys: λ upwards, o of every hidden layer to the right.
          </p>
        </>
      }
      caption={caption}
    >
      {frame && (
        <>
          <MapPicture frame={frame} grid={grid} points={points} level={level} own={own} cell={cell} />
          {state ? (
            <MapCells
              frame={frame}
              columns={grid.os.length}
              count={points.length}
              value={cell}
              text={(k) => read(points[k])}
              onMove={setCell}
            />
          ) : (
            <p
              className={styles.mapEmpty}
              style={{ left: frame.left, top: frame.top, width: frame.side, height: frame.side }}
            >
              {pending ? 'Making 25 copies …' : 'One square for each copy, coloured by its energy.'}
            </p>
          )}
          <MapHand frame={frame} grid={grid} own={own} />
        </>
      )}
    </Figure>
  );
}

/** The copies as a table, row by row of the map from its foot. */
function mapTable(state: SweepState | null) {
  if (!state) return { caption: 'No copies yet.', head: ['Copy'], rows: [] };
  return {
    caption: `Step ${groupedInteger(state.step)}, ${groupedInteger(state.step - state.startStep)} since the start; n ${groupedInteger(state.n)}.`,
    head: ['Copy', 'λ', 'o', 'E', 'Accuracy', 'State'],
    rows: state.points.map((point, k) => [
      String(k + 1),
      typedNumber(point.lambda),
      typedNumber(point.o ?? 0),
      significant(point.energy, 4),
      percent(point.accuracy),
      measurable(point) ? 'finite' : 'diverged',
    ]),
  };
}
