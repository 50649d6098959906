import { energyMeasure } from '../../../../energy/measures';
import { useLab } from '../../../../store/lab';
import type { SweepState } from '../../../../worker/protocol';
import {
  groupedInteger,
  percent,
  typedNumber,
  reductionRatio,
  significant,
} from '../../../../drawing/format';
import { LADDER_TEXT, numberWord, readLambdas } from './ladder';
import { LadderChart } from './LadderChart';
import { LambdaList } from './LambdaList';
import { measurable } from '../sweep';
import { SweepControl } from '../SweepControl';
import { useCompare, useSweep } from '../view';
import { useSampleNouns } from '../../../useSampleNouns';

const DEFAULT = readLambdas(LADDER_TEXT) as number[];

/** From the least λ to the greatest whose copy is sound: what the bill has bought so far. */
function ends(state: SweepState | null) {
  const sound = state?.points.filter(measurable) ?? [];
  if (!state || sound.length < 2 || state.step === state.startStep) return null;
  const [from, to] = [sound[0], sound[sound.length - 1]];
  return { from, to, span: `λ ${typedNumber(from.lambda)} → ${typedNumber(to.lambda)}` };
}

/** The same network under several λs at once: energy and accuracy against λ, as a growing front. */
export function Ladder() {
  const text = useCompare((state) => state.text);
  const { state, trail, pending } = useSweep('ladder');
  const measure = useLab((lab) => lab.configuration.measure);
  const lambda = useLab((lab) => lab.configuration.lambda);
  const main = useLab((lab) => lab.evaluations.main);
  const linear = useLab((lab) => lab.evaluations.baseline?.accuracy);
  const read = readLambdas(text);
  const { many } = useSampleNouns();
  const typed = typeof read === 'string' ? null : read;
  const running = state?.sweep.lambdas ?? null;
  const ladder = running ?? typed ?? DEFAULT;
  const since = state ? `${groupedInteger(state.step - state.startStep)} steps since the start` : null;
  const images = groupedInteger(state?.n ?? main?.n ?? 1000);
  const span = ends(state);
  const points = span && 100 * (span.to.accuracy - span.from.accuracy);
  const shared = { ladder, state, trail };
  return (
    <>
      <SweepControl
        kind="ladder"
        sweep={typed && { kind: 'ladder', lambdas: typed }}
        label={`Train ${numberWord(ladder.length)} λs beside yours`}
        offer="Copies of your network as it is now, each with its own λ, trained on the same batches while yours trains."
      >
        <LambdaList running={running} />
      </SweepControl>
      <LadderChart
        {...shared}
        name="ladder-energy"
        title="E against λ"
        about={`${energyMeasure(measure).label.toLowerCase()}, n ${images}${since ? ` · ${since} · ring: yours` : ''}`}
        headline={span && { strong: reductionRatio(span.from.energy, span.to.energy), rest: span.span }}
        value={(point) => point.energy}
        yours={main ? { lambda, value: main.energy } : null}
        colour="var(--energy)"
        canLog
        format={significant}
        empty={pending ? 'Making the copies …' : 'Where each copy’s energy goes, drawn as it learns.'}
      />
      <LadderChart
        {...shared}
        name="ladder-accuracy"
        title="Accuracy against λ"
        about={`% of ${images} fixed test ${many}${state ? ' · faint: earlier · dashed: linear' : ''}`}
        headline={
          span && points !== null
            ? {
                strong: `${Math.abs(points) < 0.05 ? '±' : points < 0 ? '−' : '+'}${Math.abs(points).toFixed(1)} points`,
                rest: span.span,
              }
            : null
        }
        value={(point) => point.accuracy}
        yours={main ? { lambda, value: main.accuracy } : null}
        linear={linear}
        colour="var(--accuracy)"
        format={percent}
        numbers="percent"
        empty={pending ? '' : 'And what it costs in accuracy.'}
      />
    </>
  );
}
