import { SigmaBars } from '../../../ui/charts/SigmaBars';
import type { Exhibit } from '../../exhibit';

const falling = (n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, k) =>
    k < n / 4 ? 4 * Math.exp((-8 * k) / n) : k < (3 * n) / 4 ? 1 : 0.03,
  );

const bars = (sigma: Float64Array | null) => (
  <SigmaBars layer={0} theta={0.1} clear={1.2} sigma={sigma} step={400} />
);

export const sigmaBarsExhibit: Exhibit = {
  part: 'SigmaBars',
  width: 316,
  height: 240,
  states: [
    { name: '24 units', show: bars(falling(24)) },
    { name: 'being computed', show: bars(null) },
    { name: 'one unit', show: bars(Float64Array.of(2.4)) },
    { name: '1,024 units', show: bars(falling(1024)) },
  ],
};
