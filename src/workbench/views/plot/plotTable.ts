import { formatNumber } from '../../../drawing/format';
import type { PlotAxis, PlotData, PlotTable } from '../../../drawing/plot/types';

const formatOf = (axis: PlotAxis) => (axis.scale === 'category' ? undefined : axis.format);
const finite = (value: number | null | undefined): number | null =>
  value != null && Number.isFinite(value) ? value : null;

/** What a plot draws, as a table. */
export function plotTable(plot: PlotData): PlotTable {
  const { id, title } = plot;
  switch (plot.kind) {
    case 'points': {
      const x = { label: plot.x.label, format: formatOf(plot.x) };
      const y = (label: string) => ({ label, format: formatOf(plot.y) });
      return {
        ...{ id, title },
        columns: [
          { label: 'Series' },
          x,
          y(plot.y.label),
          y('low'),
          y('high'),
          { label: 'n', format: 'count' },
        ],
        rows: plot.series.flatMap(({ label, points }) =>
          points.map(({ x: at, mean }) => [
            label,
            at,
            finite(mean.value),
            finite(mean.low),
            finite(mean.high),
            mean.n,
          ]),
        ),
      };
    }
    case 'lines': {
      const y = (label: string) => ({ label, format: formatOf(plot.y) });
      return {
        ...{ id, title },
        columns: [
          { label: 'Line' },
          { label: plot.x.label, format: formatOf(plot.x) },
          ...[plot.y.label, 'low', 'high'].map(y),
        ],
        rows: plot.lines.flatMap(({ label, x, y: values, low, high }) =>
          x.map((at, i) => [label, at, finite(values[i]), finite(low?.[i]), finite(high?.[i])]),
        ),
      };
    }
    case 'scatter':
      return {
        ...{ id, title },
        columns: [
          { label: 'Set' },
          { label: plot.x.label, format: formatOf(plot.x) },
          { label: plot.y.label, format: formatOf(plot.y) },
        ],
        rows: plot.sets.flatMap(({ label, points }) =>
          points.map(({ x, y }) => [label, finite(x), finite(y)]),
        ),
      };
    case 'heat':
      return {
        ...{ id, title },
        columns: [
          { label: plot.rows.label },
          ...plot.columns.names.map((label) => ({ label, format: plot.format })),
        ],
        rows: plot.values.map((row, r) => [plot.rows.names[r], ...row]),
      };
  }
}

/** A table as CSV with raw values. */
export function tableCsv({ columns, rows }: PlotTable): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [columns.map(({ label }) => label), ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** A cell as it is read. */
export function cellText(value: string | number | null, column: PlotTable['columns'][number]): string {
  if (typeof value === 'string') return value;
  if (value === null) return '–';
  return formatNumber(value, column.format ?? 'number');
}
