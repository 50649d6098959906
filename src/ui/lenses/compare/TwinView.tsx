import { useLab } from '../../../store/lab';
import type { EvaluationPoint, TwinKind } from '../../../worker/protocol';
import { twinRefusal } from '../../controls/twinRefusal';
import { groupedInteger, percent, reductionRatio, significant } from '../../../drawing/format';
import { Select } from '../../kit';
import { actions } from '../../kit/actions';
import { gapText } from '../../stage/twin/Twin';
import styles from './Compare.module.css';
import { TwinChart } from './TwinChart';
import { useSweepRefusal } from './view';
import { useSampleNouns } from '../../useSampleNouns';

const KINDS: readonly { id: TwinKind; label: string }[] = [
  { id: 'off', label: 'Off' },
  { id: 'tanh', label: 'Elementwise tanh' },
  { id: 'lambda-zero', label: 'λ = 0' },
  { id: 'fixed-width', label: 'Fixed width' },
  { id: 'ungrown', label: 'As it is now, never reshaped' },
];
const WHAT: Record<TwinKind, string> = {
  off: 'A control that begins with the same matrices and sees the same batches: as elementwise tanh, or without the energy bill.',
  tanh: 'The same initial matrices and the same batches, with elementwise tanh.',
  'lambda-zero': 'The same network on the same batches, without the energy bill.',
  'fixed-width': 'The same network on the same batches, never reshaped.',
  ungrown: 'A copy of the network as it was when you chose this, never reshaped from there on.',
};

/** The control beside yours: the same choice as on the stage, and both in numbers. */
export function TwinView() {
  const { kind, step, target } = useLab((lab) => lab.twin);
  const catching = kind !== 'off' && step < target;
  const blocked = useSweepRefusal();
  const configuration = useLab((lab) => lab.configuration);
  const spec = useLab((lab) => lab.snapshots.main?.spec);
  const choices = KINDS.map((choice) => ({
    ...choice,
    disabled: twinRefusal(choice.id, configuration, spec) !== null,
  }));
  const refusals = new Set(KINDS.flatMap(({ id }) => twinRefusal(id, configuration, spec) ?? []));
  return (
    <>
      <div className={styles.control}>
        <Select
          label="Twin"
          choices={choices}
          value={kind}
          onChange={(chosen) => actions().setTwin(chosen)}
          disabled={blocked !== null && kind === 'off'}
        />
        <p className={styles.says}>{kind === 'off' && blocked ? blocked : WHAT[kind]}</p>
        {[...refusals].map((refusal) => (
          <p className={styles.says} key={refusal}>
            {refusal}
          </p>
        ))}
        {catching && (
          <p className={styles.says} role="status">
            Catching up: step {groupedInteger(step)} of {groupedInteger(target)}.
          </p>
        )}
      </div>
      <TwinTable kind={kind} catching={catching} />
      {kind !== 'off' && <TwinChart kind={kind} />}
    </>
  );
}

interface RowProps {
  name: string;
  mark: 'yours' | 'twin' | 'control';
  point: EvaluationPoint | undefined;
  /** Yours, for the gaps of the others. */
  own?: EvaluationPoint;
  /** Softmax regression has no hidden layer, so no energy. */
  energy?: boolean;
}

/** Yours as a reduction of the other's: "yours ÷39". */
function ratioText(other: number, own: number): string {
  const reduction = reductionRatio(other, own);
  return reduction === '÷1.0' || reduction === '×1.0' ? 'same as yours' : `yours ${reduction}`;
}

function Row({ name, mark, point, own, energy = true }: RowProps) {
  const finite = point !== undefined && Number.isFinite(point.loss);
  return (
    <tr data-yours={mark === 'yours' || undefined}>
      <th scope="row">
        <span
          className={styles.dash}
          data-twin={mark === 'twin' || undefined}
          data-control={mark === 'control' || undefined}
        />
        {name}
      </th>
      <td>
        {point ? percent(point.accuracy) : '–'}
        {point && own && <small>{gapText(own.accuracy, point.accuracy)}</small>}
      </td>
      <td>
        {point && energy ? significant(point.energy) : '–'}
        {point && own && energy && <small>{ratioText(point.energy, own.energy)}</small>}
      </td>
      <td>{finite ? significant(point.loss) : '–'}</td>
    </tr>
  );
}

function TwinTable({ kind, catching }: { kind: TwinKind; catching: boolean }) {
  const { main, twin, baseline } = useLab((lab) => lab.evaluations);
  const path = useLab((lab) => lab.frame !== null);
  const { many } = useSampleNouns();
  const own = main;
  if (!main) return null;
  // Numbers of different steps are not compared.
  const level = (point: EvaluationPoint | undefined) => (point?.step === main.step ? point : undefined);
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} data-testid="twin-table">
        <caption>
          {`On ${groupedInteger(main.n)} fixed test ${many} at step ${groupedInteger(main.step)}; loss in nats.`}
          {path && ' Before the path that is open.'}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Accuracy</th>
            <th scope="col">E</th>
            <th scope="col">Data loss</th>
          </tr>
        </thead>
        <tbody>
          <Row name="yours" mark="yours" point={main} />
          {kind !== 'off' && (
            <Row name="twin" mark="twin" point={catching ? undefined : level(twin)} own={own} />
          )}
          <Row name="linear" mark="control" point={level(baseline)} own={own} energy={false} />
        </tbody>
      </table>
    </div>
  );
}
