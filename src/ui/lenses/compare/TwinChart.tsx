import { METRIC_INDEX } from '../../../store/series/history';
import { useLab } from '../../../store/lab';
import type { TwinKind } from '../../../worker/protocol';
import { LineChart } from '../../charts/steps/LineChart';
import { columnRows, chartLine, trailingMean } from '../../charts/steps/chartLine';
import { groupedInteger, significant } from '../../../drawing/format';
import { useEmptyText } from '../empty';
import { TWIN_LABEL, SMOOTHING_STEPS } from '../LearnLens';

/** E of both over the steps (accuracy of both is the Learn lens's). */
export function TwinChart({ kind }: { kind: TwinKind }) {
  useLab((lab) => lab.historyVersion);
  const { tables } = useLab((lab) => lab.history);
  const batch = useLab((lab) => (lab.running ?? lab.configuration).batch);
  const empty = useEmptyText();
  const energy = (runner: 'main' | 'twin') =>
    trailingMean(columnRows(tables[runner], METRIC_INDEX.energy), SMOOTHING_STEPS);
  return (
    <LineChart
      name="twin-energy"
      title="E, yours and twin"
      about={`mean of the last ${SMOOTHING_STEPS} batches of ${groupedInteger(batch)}`}
      sources={[
        chartLine(
          { id: 'twin', label: TWIN_LABEL[kind], colour: 'var(--control)', look: 'twin' },
          energy('twin'),
          true,
        ),
        chartLine(
          { id: 'main', label: 'yours', colour: 'var(--energy)', look: 'strong' },
          energy('main'),
          true,
        ),
      ]}
      startLog
      format={significant}
      labelWidth={15}
      series={(name) => name === 'energy'}
      empty={empty}
    />
  );
}
