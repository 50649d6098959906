import { COLUMN } from '../../../store/series/history';
import { useLab } from '../../../store/lab';
import type { TwinKind } from '../../../worker/protocol';
import { LineChart } from '../../charts/LineChart';
import { columnRows, source, trailingMean } from '../../charts/source';
import { count, significant } from '../../format';
import { useEmptyText } from '../empty';
import { TWIN_LABEL, WINDOW } from '../LearnLens';

/** E of both over the steps (accuracy of both is the Learn lens's). */
export function TwinChart({ kind }: { kind: TwinKind }) {
  useLab((lab) => lab.historyVersion);
  const { tables } = useLab((lab) => lab.history);
  const batch = useLab((lab) => (lab.running ?? lab.configuration).batch);
  const empty = useEmptyText();
  const energy = (runner: 'main' | 'twin') => trailingMean(columnRows(tables[runner], COLUMN.energy), WINDOW);
  return (
    <LineChart
      name="twin-energy"
      title="E, yours and twin"
      about={`mean of the last ${WINDOW} batches of ${count(batch)}`}
      sources={[
        source(
          { id: 'twin', label: TWIN_LABEL[kind], colour: 'var(--control)', look: 'twin' },
          energy('twin'),
          true,
        ),
        source({ id: 'main', label: 'yours', colour: 'var(--energy)', look: 'strong' }, energy('main'), true),
      ]}
      startLog
      format={significant}
      labelWidth={15}
      series={(name) => name === 'energy'}
      empty={empty}
    />
  );
}
