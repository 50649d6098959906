import { type PointerEvent, useState } from 'react';
import { useLab } from '../../../store/lab';
import styles from '../../charts/Chart.module.css';
import type { TableData } from '../../charts/figure/ChartTable';
import { Figure } from '../../charts/figure/Figure';
import { useCaption } from '../../charts/figure/useCaption';
import { useElementSize } from '../../kit/useElementSize';
import { groupedInteger, roundedNumber } from '../../../drawing/format';
import { type Ridge, RIDGE_RESOLUTION, type RidgeAxis } from './ridges';
import own from './Spectrum.module.css';

export interface RidgePanel {
  /** Written over it: "isotropic", "tanh twin". */
  label: string;
  colour: string;
  dashed?: boolean;
  ridges: Ridge[];
}

export interface RidgeFigureProps {
  name: string;
  title: string;
  about: string;
  axis: RidgeAxis;
  /** The value marked along all ridges: σ = 1, or 0. */
  mark: number;
  /** One network, or two beside each other on the same axis and steps. */
  panels: RidgePanel[];
  /** What a ridge says under the pointer. */
  read: (step: number, panel: number) => string;
  table: () => TableData;
  csv: () => string[];
  empty: string;
}

const ROW = { least: 4, most: 22 };

/** Distributions of one kept moment each, one under the other: time goes down, the present is the lowest. */
export function RidgeFigure({ name, title, about, axis, mark, panels, empty, ...props }: RidgeFigureProps) {
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const [box, size] = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<{ panel: number; row: number } | null>(null);
  const top = 42 * type;
  const foot = 20 * type;
  const left = 42 * type;
  const gap = 14 * type;
  const width = Math.max(1, ((size?.width ?? 0) - left - 4 - (panels.length - 1) * gap) / panels.length);
  const room = Math.max(1, (size?.height ?? 0) - top - foot);
  const n = panels[0].ridges.length;
  const most = Math.max(2, Math.floor(room / (ROW.least * type)));
  const stride = Math.max(1, Math.ceil(n / most));
  /** The present moment of the first network and every stride-th before it; the other shows its latest of each row's time. */
  const kept = panels[0].ridges.filter((_, i) => (panels[0].ridges.length - 1 - i) % stride === 0);
  const drawn = panels.map(({ ridges }, p) =>
    kept.map((row, i) =>
      p === 0
        ? row
        : (ridges.findLast(({ step }) => step <= row.step && (i === 0 || step > kept[i - 1].step)) ?? null),
    ),
  );
  const rows = kept.length;
  const pitch = Math.min(ROW.most * type, room / Math.max(1, rows));
  const tops = drawn.flatMap((ridges) =>
    ridges.flatMap((ridge) => (ridge ? [Math.max(...ridge.heights)] : [])),
  );
  const tallest = Math.max(1, ...tops);
  const usual = Math.max(0.5, tops.toSorted((p, q) => p - q)[tops.length >> 1] ?? 1);
  const lift = Math.min((2.5 * Math.max(pitch, 6 * type)) / usual, (top - 14 * type + pitch) / tallest);
  const x = (panel: number): number => left + panel * (width + gap);
  const y = (row: number): number => top + (row + 1) * pitch;
  const last = kept.at(-1);
  const caption = useCaption(last ? props.read(last.step, 0) : empty);

  const path = (heights: Float64Array, panel: number, row: number): string =>
    Array.from(heights, (height, k) => {
      const px = x(panel) + (k / RIDGE_RESOLUTION) * width;
      return `${px.toFixed(1)} ${(y(row) - height * lift).toFixed(1)}`;
    }).join('L');
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    const place = event.currentTarget.getBoundingClientRect();
    const panel = Math.min(
      panels.length - 1,
      Math.max(0, Math.floor((event.clientX - place.left - left) / (width + gap))),
    );
    const row = Math.round((event.clientY - place.top - top) / pitch - 0.7);
    setAt(row >= 0 && row < rows ? { panel, row } : null);
  };
  const pointed = at && { panel: at.panel, ridge: drawn.at(at.panel)?.at(at.row) };
  /** Steps are written where there is room for them. */
  const every = Math.max(1, Math.ceil((16 * type) / pitch));

  return (
    <Figure
      box={box}
      name={name}
      title={title}
      about={about}
      format={roundedNumber}
      table={props.table}
      csv={props.csv}
      series={() => false}
      plot={{ onPointerMove: point, onPointerDown: point, onPointerLeave: () => setAt(null) }}
      caption={caption}
    >
      {size && (
        <svg className={own.ridges} width={size.width} height={size.height} aria-hidden="true">
          {panels.map((panel, p) => (
            <g key={panel.label}>
              <text className={own.panel} x={x(p)} y={11 * type}>
                {panel.label}
              </text>
              <line
                className={own.mark}
                x1={x(p) + axis.share(mark) * width}
                x2={x(p) + axis.share(mark) * width}
                y1={top - 8 * type}
                y2={top + rows * pitch}
              />
              {drawn[p].map((ridge, row) => {
                if (!ridge) return null;
                const line = path(ridge.heights, p, row);
                const present = row === rows - 1;
                const lit = at?.panel === p && at.row === row;
                return (
                  <g key={ridge.step}>
                    <path
                      d={`M${x(p)} ${y(row)}L${line}L${x(p) + width} ${y(row)}Z`}
                      fill="var(--ground)"
                      fillOpacity={0.8}
                    />
                    <path
                      d={`M${line}`}
                      fill="none"
                      stroke={panel.colour}
                      strokeOpacity={present || lit ? 1 : 0.55}
                      strokeWidth={present || lit ? 'var(--line)' : '1px'}
                      strokeDasharray={panel.dashed ? '4 2' : undefined}
                    />
                    {p === 0 && (rows - 1 - row) % every === 0 && (
                      <text className={own.step} x={left - 6 * type} y={y(row) + 3 * type} textAnchor="end">
                        {groupedInteger(ridge.step)}
                      </text>
                    )}
                    {p === 0 && ridge.classes && (
                      <text className={own.step} x={left + 2} y={y(row) - 1} data-classes>
                        ✓ classes
                      </text>
                    )}
                  </g>
                );
              })}
              {axis.scale.ticks.map(({ value: tick, label }) => (
                <text
                  key={tick}
                  className={own.step}
                  x={x(p) + axis.share(tick) * width}
                  y={size.height - 5 * type}
                  textAnchor="middle"
                >
                  {label}
                </text>
              ))}
            </g>
          ))}
          {pointed?.ridge && (
            <text className={own.reading} x={size.width - 4} y={11 * type} textAnchor="end">
              {props.read(pointed.ridge.step, pointed.panel)}
            </text>
          )}
        </svg>
      )}
      {n === 0 && <p className={styles.empty}>{empty}</p>}
    </Figure>
  );
}
