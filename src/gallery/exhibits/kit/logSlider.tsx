import { LogSlider } from '../../../ui/kit';
import type { Exhibit } from '../../exhibit';
import { Kept } from '../../Kept';

const TRACK = { low: 1e-6, high: 1, zero: true };
const TICKS = [
  { value: 1e-4, label: '1 %' },
  { value: 1e-2, label: '10 %' },
];

const slider = (start: number, more: Partial<Parameters<typeof LogSlider>[0]> = {}) => (
  <Kept start={start}>
    {(value, change) => (
      <LogSlider
        label="λ"
        value={value}
        valueText={`λ ${value}`}
        track={TRACK}
        min={1e-9}
        max={10}
        colour="var(--energy)"
        onChange={change}
        onHold={() => undefined}
        {...more}
      />
    )}
  </Kept>
);

const backdrop = (
  <svg width="100%" height="100%" viewBox="0 0 8 10" preserveAspectRatio="none">
    {[1, 2, 5, 9, 7, 4, 2, 1].map((height, i) => (
      <rect key={i} x={i} y={10 - height} width={0.9} height={height} fill="var(--length)" opacity={0.4} />
    ))}
  </svg>
);

export const logSliderExhibit: Exhibit = {
  part: 'LogSlider',
  width: 216,
  states: [
    { name: 'in the middle, with ticks', show: slider(1e-3, { ticks: TICKS }) },
    { name: 'at the exact zero', show: slider(0) },
    { name: 'at its right end', show: slider(1) },
    { name: 'a value beyond the window', show: slider(8) },
    {
      name: 'over a histogram, with words at its ends',
      show: slider(0.02, {
        label: 'o',
        track: { low: 1e-4, high: 10, zero: false },
        ends: ['shell', 'linear'],
        backdrop,
        colour: 'var(--length)',
      }),
    },
    { name: 'disabled', show: slider(1e-3, { disabled: true }) },
  ],
};
