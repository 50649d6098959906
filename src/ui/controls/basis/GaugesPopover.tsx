import { isOnShell, SHELL_THRESHOLD } from '../../../activations/shell';
import type { IsotropicActivation } from '../../../activations/types';
import { groupedInteger, percent, typedNumber, significant } from '../../../drawing/format';
import { Popover } from '../../kit';
import { layerGauges } from './gauges';
import styles from '../Hand.module.css';
import { logHistogram, type TrackWindow } from '../lambda/trackWindows';

const BINS = 40;
const WIDTH = 300;
const HEIGHT = 110;

interface GaugesProps {
  norms: Float32Array;
  o: number;
  window: TrackWindow;
  activation: IsotropicActivation;
}

/** How the layer stands: ‖z‖² of the test images, what is left of gradients, and what o does. */
export function GaugesPopover(props: GaugesProps) {
  return (
    <Popover label="Gauges of the layer" trigger="gauges" look="quiet" size="small" testId="gauges">
      {() => <Panel {...props} />}
    </Popover>
  );
}

/** What counts as being on the shell, in words. */
function shellText({ limit }: IsotropicActivation): string {
  return limit === null
    ? 'none: lengths are not bounded'
    : `‖h‖ above ${significant(SHELL_THRESHOLD * limit)}, whatever ‖z‖`;
}

function Panel({ norms, o, window, activation }: GaugesProps) {
  const now = layerGauges(norms, o, activation);
  const without = layerGauges(norms, 0, activation);
  const shares = logHistogram(norms, window, BINS);
  const top = Math.max(...shares, 1e-9);
  const at = (value: number): number =>
    Math.min(1, Math.max(0, Math.log(value / window.low) / Math.log(window.high / window.low)));
  const middle = (bin: number): number => window.low * (window.high / window.low) ** ((bin + 0.5) / BINS);
  const rows: [string, string, string, string][] = [
    ['on the shell', percent(now.shell), percent(without.shell), shellText(activation)],
    [
      'gradient across z',
      significant(now.tangential),
      significant(without.tangential),
      's, mean over images',
    ],
    ['gradient along z', significant(now.radial), significant(without.radial), 's + g·‖z‖²: what λ needs'],
    ['mean ‖h‖', significant(now.length), significant(without.length), 'what E is made of'],
  ];
  return (
    <div className={styles.gauges}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`‖z‖² of ${groupedInteger(norms.length)} test images, ${percent(now.shell)} on the shell`}
      >
        {shares.map((share, bin) => (
          <rect
            key={bin}
            x={(bin * WIDTH) / BINS + 0.5}
            width={WIDTH / BINS - 1}
            y={14 + (1 - share / top) * 76}
            height={(share / top) * 76}
            data-shell={isOnShell(activation, o, middle(bin)) || undefined}
          />
        ))}
        <line x1={0} x2={WIDTH} y1={90} y2={90} />
        {o > 0 && <path d={`M${at(o) * WIDTH} 90V10`} />}
        {o > 0 && (
          <text x={Math.min(WIDTH - 30, Math.max(2, at(o) * WIDTH + 4))} y={10}>
            o {typedNumber(o)}
          </text>
        )}
        <text x={0} y={105}>
          {significant(window.low, 2)}
        </text>
        <text x={WIDTH} y={105} textAnchor="end">
          {significant(window.high, 2)}
        </text>
        <text x={WIDTH / 2} y={105} textAnchor="middle">
          ‖z‖², log axis
        </text>
      </svg>
      <p className="label">Full colour: images on the shell. {groupedInteger(norms.length)} test images.</p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">o {typedNumber(o)}</th>
            <th scope="col">o = 0</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, value, other, what]) => (
            <tr key={name}>
              <th scope="row">
                {name}
                <small>{what}</small>
              </th>
              <td>{value}</td>
              <td>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
