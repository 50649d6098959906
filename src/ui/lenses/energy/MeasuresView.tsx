import type { ArchitectureId } from '../../../network/settings';
import { energyMeasure } from '../../../energy/measures';
import type { NetworkEnergy } from '../../../energy/report';
import { useLab } from '../../../store/lab';
import type { BasisEnergy, EnergyReport } from '../../../topology/analysis/types';
import { groupedInteger, percent, reductionRatio, significant } from '../../../drawing/format';
import { useSampleNouns } from '../../useSampleNouns';
import { pathNames } from '../../stage/model/names';
import { useAnalysis } from '../analysis';
import { MeasureBar } from '../MeasureBar';
import styles from './Energy.module.css';
import { filledFormula, lambdaSentence } from './sentence';
import { measureEnergy, useEnergyQuery } from './view';

type Read = (of: NetworkEnergy) => number | null | undefined;

/** A quotient, or null where a part of it is missing. */
const per = (value: number | undefined, by: number): number | null =>
  value === undefined || !(by > 0) ? null : value / by;

/** Rows of the table: a name, how it is read off a network, how it is written. */
interface Line {
  name: string;
  read: Read;
  write?: (value: number) => string;
  /** Whether a quotient of the two says something. */
  compared?: boolean;
}

function groupsOf(
  { network }: EnergyReport,
  architecture: ArchitectureId,
): { name: string; lines: Line[] }[] {
  const layers = network.raw.layers.map((_, l) => l);
  return [
    {
      name: 'Raw E, whole network',
      lines: network.measures.map(({ id }, i) => ({
        name: energyMeasure(id).label,
        read: (of) => of.measures[i].energies.total,
        compared: true,
      })),
    },
    {
      name: 'E of each layer and pathway',
      lines: layers.flatMap((l): Line[] => [
        { name: `layer ${l + 1}`, read: (of) => of.raw.layers[l], compared: true },
        ...(network.raw.pathways[l] ?? []).map((_, p, { length }) => ({
          name: `· ${pathNames(architecture, length)[p]}`,
          read: (of: NetworkEnergy) => of.raw.pathways[l]?.[p],
          compared: true,
        })),
      ]),
    },
    {
      name: 'Not changed by rescaling',
      lines: [
        { name: 'balanced E', read: (of) => of.balanced?.total, compared: true },
        { name: 'path energy', read: (of) => of.path?.total, compared: true },
        ...layers.map((l) => ({
          name: `· layer ${l + 1}`,
          read: (of: NetworkEnergy) => of.path?.layers[l],
          compared: true,
        })),
        { name: 'gradient × activation', read: (of) => of.gradient.total, compared: true },
        ...layers.map((l) => ({
          name: `· layer ${l + 1}`,
          read: (of: NetworkEnergy) => of.gradient.layers[l],
          compared: true,
        })),
        { name: 'logit energy', read: (of) => of.logits, compared: true },
        {
          name: 'path energy per logit energy',
          read: (of) => per(of.path?.total, of.logits),
          compared: true,
        },
        {
          name: 'gradient per logit energy',
          read: (of) => per(of.gradient.total, of.logits),
          compared: true,
        },
      ],
    },
    {
      name: 'Use of the units',
      lines: layers.flatMap((l): Line[] => [
        { name: `active, layer ${l + 1}`, read: (of) => of.activity.at(l)?.active, write: (v) => percent(v) },
        {
          name: `alive, layer ${l + 1}`,
          read: (of) => of.activity.at(l)?.alive,
          write: (v) => `${groupedInteger(v)} of ${network.activity[l].width}`,
        },
        { name: `directions, layer ${l + 1}`, read: (of) => of.activity.at(l)?.participation },
      ]),
    },
    {
      name: 'Weights ‖W‖',
      lines: network.norms.map((_, l) => ({ name: `W${l + 1}`, read: (of) => of.norms.at(l) })),
    },
  ];
}

/** Every measure of the network and its λ = 0 twin. */
export function MeasuresView() {
  const query = useEnergyQuery();
  const { report, ...asked } = useAnalysis(query);
  const lambda = useLab((state) => state.configuration.lambda);
  return (
    <>
      <MeasureBar
        testId="measures-measure"
        {...asked}
        measured={report !== null}
        onMeasure={() => measureEnergy(query)}
        offer="Every measure of E, raw and unchanged by rescaling, and how units are used; with the λ = 0 twin where there is one."
      />
      {report && (
        <>
          <p className={styles.formula} data-testid="formula">
            {filledFormula(report).map((line) => (
              <span key={line}>
                {line}
                <br />
              </span>
            ))}
            {lambdaSentence(lambda, report)}
          </p>
          {report.basis && <Basis basis={report.basis} />}
          <Table report={report} />
        </>
      )}
    </>
  );
}

function Table({ report }: { report: EnergyReport }) {
  const { network, twin } = report;
  const isKnown = ({ read }: Line): boolean => [network, twin].some((of) => of && read(of) != null);
  const { one, many } = useSampleNouns();
  const { architecture } = useLab((state) => state.running ?? state.configuration);
  return (
    <div className={styles.tableBox}>
      {network.notHomogeneous !== null && (
        <p
          className={styles.says}
        >{`Balanced and path energy mean nothing here, and are left out. ${network.notHomogeneous}`}</p>
      )}
      {network.notHomogeneous === null && network.path === null && (
        <p className={styles.says}>Path energy is not computed through convolutions, and is left out.</p>
      )}
      <table className={styles.table} data-testid="measures-table">
        <caption>
          {`${groupedInteger(network.n)} test ${many}, float64. Active: share of (${one}, unit) that is not 0. Alive: not 0 on every ${one}. Directions: participation ratio of the activations.`}
          {network.balanced &&
            ` Balanced in ${network.balanced.sweeps} sweeps, last change ${significant(network.balanced.tolerance, 1)}.`}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">yours</th>
            {twin && <th scope="col">λ = 0 twin</th>}
            {twin && <th scope="col">fall</th>}
          </tr>
        </thead>
        {groupsOf(report, architecture).map(({ name, lines }) => (
          <tbody key={name}>
            <tr>
              <th scope="rowgroup" colSpan={4}>
                {name}
              </th>
            </tr>
            {lines.filter(isKnown).map((line, i) => {
              const write = (of: NetworkEnergy | null): string => {
                const value = of && line.read(of);
                return value == null ? '–' : (line.write ?? significant)(value);
              };
              const [own, other] = [line.read(network), twin && line.read(twin)];
              return (
                <tr key={`${line.name}-${i}`}>
                  <th scope="row">{line.name}</th>
                  <td>{write(network)}</td>
                  {twin && <td>{write(twin)}</td>}
                  {twin && <td>{line.compared && own && other ? reductionRatio(other, own) : ''}</td>}
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
    </div>
  );
}

/** Where the two papers meet: what a change of basis leaves of each measure. */
function Basis({ basis }: { basis: BasisEnergy[] }) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} data-testid="basis-energies">
        <caption>
          Every hidden layer turned to its diagonal basis: the function stays, squares stay, counts and sizes
          of single units do not.
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">as it is</th>
            <th scope="col">diagonal</th>
          </tr>
        </thead>
        <tbody>
          {basis.map(({ measure, before, after }) => (
            <tr key={measure}>
              <th scope="row">{energyMeasure(measure).label}</th>
              <td>{significant(before, 4)}</td>
              <td>{significant(after, 4)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
