import type { NetworkEnergy } from '../../../energy/report';
import type { ComparedNetwork, EnergyReport, RobustnessReport } from '../../../topology/analysis/types';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import compare from '../compare/Compare.module.css';
import styles from './Energy.module.css';
import { useSampleNouns } from '../../useSampleNouns';

interface RowProps {
  name: string;
  contender: ComparedNetwork;
  energy: NetworkEnergy;
  disturbed: RobustnessReport | null;
}

/** "‖W‖ 18.1 · 9.0 · 47": weights of each layer, the give-away of a rescaling. */
const normsText = (norms: readonly number[]): string =>
  `‖W‖ ${norms.map((norm) => significant(norm, 2)).join(' · ')}`;

function Row({ name, contender, energy, disturbed }: RowProps) {
  const point = disturbed?.curves.find((curve) => curve.contender === contender)?.points[0];
  return (
    <tr data-yours={contender === 'network' || undefined} data-testid={`three-${contender}`}>
      <th scope="row">
        {name}
        <small className={styles.norms}>{normsText(energy.norms)}</small>
      </th>
      <td>{percent(energy.accuracy)}</td>
      <td>{significant(energy.crossEntropy, 2)}</td>
      <td>{significant(energy.raw.total, 2)}</td>
      <td data-testid={`disturbed-${contender}`}>
        {point ? percent(point.accuracy) : '…'}
        {point && point.draws > 1 && <small>± {(100 * point.accuracyDeviation).toFixed(1)}</small>}
      </td>
    </tr>
  );
}

/** The twin, the network and the rescaled twin side by side, undisturbed and at the slider's size. */
export function ThreeNetworks({ report, point }: { report: EnergyReport; point: RobustnessReport | null }) {
  const { twin, network, rescaled } = report;
  const { many } = useSampleNouns();
  const noise = point?.disturbance !== 'quantisation';
  return (
    <div className={compare.tableBox}>
      <table className={`${compare.table} ${styles.three}`} data-testid="three-networks">
        <caption>
          {`On ${groupedInteger(network.n)} test ${many}, float64; cross-entropy in nats; ‖W‖ of each layer.`}
          {rescaled &&
            ` Rescaled: all hidden activations of the twin times ${significant(rescaled.factor, 2)}, its output weights divided by it.`}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Accuracy</th>
            <th scope="col">Loss</th>
            <th scope="col">E</th>
            <th scope="col">{noise ? 'In noise' : 'Rounded'}</th>
          </tr>
        </thead>
        <tbody>
          {twin && <Row name="λ = 0 twin" contender="twin" energy={twin} disturbed={point} />}
          <Row name="yours" contender="network" energy={network} disturbed={point} />
          {rescaled && (
            <Row name="twin, rescaled" contender="rescaled" energy={rescaled.energy} disturbed={point} />
          )}
        </tbody>
      </table>
    </div>
  );
}
