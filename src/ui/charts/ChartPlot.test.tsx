import { describe, expect, it } from 'vitest';
import { linearAxis } from '../../drawing/scale';
import { ChartPlot } from './ChartPlot';
import { plotAreaOf } from './plotArea';

/** What decides whether a chart is drawn again. */
const { compare } = ChartPlot as unknown as { compare: (before: object, after: object) => boolean };

const drawn = () => ({
  frame: plotAreaOf(300, 200, 1, 14),
  x: linearAxis(0, 100, { format: 'count' }),
  y: linearAxis(0, 1, { format: 'percent' }),
  lines: [
    {
      id: 'a',
      colour: 'red',
      look: 'strong',
      points: [1, 2, 3].map((x) => ({ x, y: x / 4 })),
      foot: [0, 0, 0],
    },
  ],
  bundles: [{ id: 'b', colour: 'red', opacity: 1, strong: true, lines: [[{ x: 1, y: 2 }]] }],
  pins: [{ x: 4, pins: [{ id: 1, step: 4, kind: 'lambda', label: 'λ', report: null }] }],
  references: [{ value: 0.5, label: 'θ' }],
  children: <circle cx={1} cy={2} />,
});

describe('a chart is drawn again', () => {
  it('not while it shows the same, however often it is asked', () => {
    expect(compare(drawn(), drawn())).toBe(true);
  });

  it.each<[string, (props: ReturnType<typeof drawn>) => void]>([
    ['one value in the middle of a line', ({ lines }) => void (lines[0].points[1].y = 0.6)],
    ['the colour of a line', ({ lines }) => void (lines[0].colour = 'blue')],
    ['the foot of an area', ({ lines }) => void (lines[0].foot[2] = 0.1)],
    ['a value in a bundle', ({ bundles }) => void (bundles[0].lines[0][0].y = 3)],
    ['how a tick is written', ({ y }) => void (y.ticks[1].label = '?')],
    ['the end of an axis', ({ x }) => void (x.domain[1] = 120)],
    ['a pin', ({ pins }) => void (pins[0].pins[0].step = 5)],
    ['the name of a reference', ({ references }) => void (references[0].label = 'σ')],
    ['the size', ({ frame }) => void (frame.width = 301)],
    ['a mark drawn beside', (props) => void (props.children = <circle cx={1} cy={3} />)],
  ])('when it is another: %s', (_, change) => {
    const after = drawn();
    change(after);
    expect(compare(drawn(), after)).toBe(false);
  });
});
