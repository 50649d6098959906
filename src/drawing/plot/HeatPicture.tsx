import type { DrawingColours } from '../colours';
import { formatNumber } from '../format';
import { tenth } from '../text';
import { TextLines } from './AxesFrame';
import { type HeatLayout, heatShare } from './layout';
import type { HeatPlot } from './types';

/** How much of the high colour lies over the highest cell: no more, so that numbers stay readable on every cell, light and dark. */
const MOST = 0.5;

/** A table of numbers as colours with each number in its cell, as the content of an <svg> of the layout's size. */
export function HeatPicture({
  plot,
  layout,
  colours,
}: {
  plot: HeatPlot;
  layout: HeatLayout;
  colours: DrawingColours;
}) {
  const { area, columns, rowHeight, text, about, columnLines, range } = layout;
  const row = 1.34 * text;
  return (
    <>
      <TextLines lines={about} x={0} y={text} text={text} fill={colours.quiet} />
      {columnLines.map((lines, c) => (
        <TextLines
          key={`${c} ${lines.join(' ')}`}
          lines={lines}
          x={columns[c].left + columns[c].width / 2}
          y={area.top - 8 - (lines.length - 1) * row}
          text={text}
          fill={colours.ink}
          anchor="middle"
        />
      ))}
      {plot.rows.names.map((name, r) => (
        <text
          key={`${r} ${name}`}
          x={tenth(area.left - 8)}
          y={tenth(area.top + (r + 0.5) * rowHeight + 0.36 * text)}
          fontSize={text}
          fill={colours.ink}
          textAnchor="end"
        >
          {name}
        </text>
      ))}
      {plot.values.flatMap((cells, r) =>
        cells.map((value, c) => {
          const box = {
            x: tenth(columns[c].left + 1),
            y: tenth(area.top + r * rowHeight + 1),
            width: tenth(columns[c].width - 2),
            height: tenth(rowHeight - 2),
            rx: 3,
          };
          const share = heatShare(value, range);
          return (
            <g key={`${r} ${c}`}>
              {value === null ? (
                <rect {...box} fill="none" stroke={colours.grid} strokeDasharray="3 3" />
              ) : (
                <>
                  <rect {...box} fill={colours.heat.low} />
                  <rect
                    {...box}
                    fill={colours.heat.high}
                    fillOpacity={Math.round(1000 * MOST * share) / 1000}
                  />
                </>
              )}
              <text
                x={tenth(columns[c].left + columns[c].width / 2)}
                y={tenth(area.top + (r + 0.5) * rowHeight + 0.36 * text)}
                fontSize={text}
                fill={value === null ? colours.quiet : colours.ink}
                textAnchor="middle"
              >
                {formatNumber(value, plot.format)}
              </text>
            </g>
          );
        }),
      )}
    </>
  );
}
