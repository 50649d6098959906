import type { DrawingColours } from '../colours';
import { seriesColour } from '../colours';
import { SeriesMark } from '../marks';
import { tenth, textWidth } from '../text';
import { type AxisLayout, type AxisPlot, SLANT_DEGREES } from './layout';

interface FrameProps {
  plot: AxisPlot;
  layout: AxisLayout;
  colours: DrawingColours;
}

/** A text of one or more lines, each under the one before. */
export function TextLines({
  lines,
  x,
  y,
  text,
  fill,
  anchor,
}: {
  lines: readonly string[];
  x: number;
  y: number;
  text: number;
  fill: string;
  anchor?: 'middle' | 'end';
}) {
  return lines.map((line, i) => (
    <text key={i} x={tenth(x)} y={tenth(y + i * 1.34 * text)} fontSize={text} fill={fill} textAnchor={anchor}>
      {line}
    </text>
  ));
}

/** All that stands around the data: legend, names of the axes, grid, ticks, and the break before 0. */
export function AxesFrame({ plot, layout, colours }: FrameProps) {
  const { area, legend, x, y, xLabels, slanted, text, width, xName, yName } = layout;
  const { left, top } = area;
  const bottom = tenth(top + area.height);
  const right = tenth(left + area.width);
  const { quiet } = colours;
  return (
    <>
      {legend.map((entry, i) => (
        <g key={`${i} ${entry.lines.join(' ')}`}>
          <SeriesMark series={i} x={entry.x} y={entry.y} fill={seriesColour(colours, i)} />
          <TextLines
            lines={entry.lines}
            x={entry.x + 10}
            y={entry.y + 0.36 * text}
            text={text}
            fill={colours.ink}
          />
        </g>
      ))}
      <TextLines lines={yName.lines} x={0} y={yName.y} text={text} fill={quiet} />
      {y.ticks.map(({ share, label }) => {
        const at = tenth(bottom - share * area.height);
        return (
          <g key={label}>
            <line x1={tenth(left)} x2={right} y1={at} y2={at} stroke={colours.grid} />
            <text
              x={tenth(left - 6)}
              y={tenth(at + 0.33 * text)}
              fontSize={text}
              fill={quiet}
              textAnchor="end"
            >
              {label}
            </text>
          </g>
        );
      })}
      <line x1={tenth(left)} x2={right} y1={bottom} y2={bottom} stroke={quiet} />
      {x.gap !== null && (
        <path
          d={`M${tenth(left + x.gap * area.width - 6)} ${tenth(bottom + 5)}l6 -10m0 10l6 -10`}
          fill="none"
          stroke={quiet}
        />
      )}
      {x.ticks.map(({ share }, i) => {
        const at = tenth(left + share * area.width);
        return (
          <g key={xLabels[i].join(' ')}>
            <line x1={at} x2={at} y1={bottom} y2={bottom + 4} stroke={quiet} />
            {slanted ? (
              <text
                x={at}
                y={tenth(bottom + 4 + text)}
                fontSize={text}
                fill={quiet}
                textAnchor="end"
                transform={`rotate(${SLANT_DEGREES} ${at} ${tenth(bottom + 2 + text)})`}
              >
                {xLabels[i][0]}
              </text>
            ) : (
              <TextLines
                lines={xLabels[i]}
                x={at}
                y={bottom + 6 + text}
                text={text}
                fill={quiet}
                anchor="middle"
              />
            )}
          </g>
        );
      })}
      <TextLines
        lines={xName.lines}
        x={Math.min(left + area.width / 2, width / 2 + left / 2)}
        y={xName.y}
        text={text}
        fill={quiet}
        anchor="middle"
      />
      <PublishedMarks plot={plot} layout={layout} colours={colours} />
    </>
  );
}

/** Dashed lines at published values, named at their end. */
function PublishedMarks({ plot, layout, colours }: FrameProps) {
  const { area, x, y, text } = layout;
  const [left, top, right, bottom] = [
    area.left,
    area.top,
    area.left + area.width,
    area.top + area.height,
  ].map(tenth);
  const named = {
    fontSize: tenth(0.917 * text),
    fill: colours.ink,
    stroke: colours.paper,
    strokeWidth: 3,
    strokeLinejoin: 'round',
    paintOrder: 'stroke',
  } as const;
  const dashed = { stroke: colours.ink, strokeDasharray: '5 4', strokeOpacity: 0.65 };
  return plot.marks.map(({ axis, value, label }, i) => {
    const share = (axis === 'x' ? x : y).share(value);
    if (share === null) return null;
    if (axis === 'x') {
      const at = tenth(area.left + share * area.width);
      const beyond = at + 4 + textWidth(label, text) > right;
      return (
        <g key={`${i} ${label}`}>
          <line x1={at} x2={at} y1={top} y2={bottom} {...dashed} />
          <text
            x={beyond ? at - 4 : at + 4}
            y={tenth(top + text)}
            textAnchor={beyond ? 'end' : 'start'}
            {...named}
          >
            {label}
          </text>
        </g>
      );
    }
    const at = tenth(bottom - share * area.height);
    return (
      <g key={`${i} ${label}`}>
        <line x1={left} x2={right} y1={at} y2={at} {...dashed} />
        <text x={right - 2} y={at - 4} textAnchor="end" {...named}>
          {label}
        </text>
      </g>
    );
  });
}
