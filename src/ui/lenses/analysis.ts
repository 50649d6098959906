import { errorMessage } from '../../base/errorMessage';
import { create } from 'zustand';
import { type StampedAnswer, askAnalysis } from '../../store/analysis';
import { useLab } from '../../store/lab';
import type { LabState } from '../../store/state';
import type { AnalysisQuery } from '../../topology/analysis/types';

/** A question that was asked about the network, and its answer. The last answer stays until the next one has come. */
interface Asked {
  asking: boolean;
  analysed: StampedAnswer | null;
  error: string | null;
  /**
   * The run and the latest operation when the question was asked. With another run the answer is dropped; after another
   * operation it is out of date.
   */
  running: LabState['running'];
  report: LabState['lastReport'];
}

const useAsked = create<{ by: Record<string, Asked | undefined> }>()(() => ({ by: {} }));

const put = (key: string, asked: Asked): void =>
  useAsked.setState(({ by }) => ({ by: { ...by, [key]: asked } }));

/** Asks a question in the analysis thread. The answer is kept under the question. */
export function measureInThread(query: AnalysisQuery): void {
  const key = JSON.stringify(query);
  const { running, lastReport: report } = useLab.getState();
  const before = useAsked.getState().by[key];
  const asked: Asked = {
    asking: true,
    analysed: before && before.running === running ? before.analysed : null,
    error: null,
    running,
    report,
  };
  put(key, asked);
  const answered = (with_: Partial<Asked>): void => {
    // An older question may be answered after a newer one was put.
    if (useAsked.getState().by[key] === asked) put(key, { ...asked, asking: false, ...with_ });
  };
  askAnalysis(query).then(
    (analysed) => answered({ analysed }),
    (reason: unknown) => answered({ error: errorMessage(reason) }),
  );
}

export interface AnalysisState<Kind extends AnalysisQuery['kind']> {
  asking: boolean;
  /** The network as it was at `step`; null before the first answer. */
  report: StampedAnswer<Kind>['answer']['report'] | null;
  step: number;
  /**
   * The number by which further questions about the same networks name them (`askFurther`); null before the first
   * answer.
   */
  id: number | null;
  /** Whether training or an operation has changed the network since. */
  stale: boolean;
  error: string | null;
}

/** The answer to a question about the present run, as far as there is one. */
export function useAnalysis<Q extends AnalysisQuery>(query: Q): AnalysisState<Q['kind']> {
  const key = JSON.stringify(query);
  const found = useAsked((state) => state.by[key]);
  const running = useLab((state) => state.running);
  const asked = found && found.running === running ? found : null;
  const analysed = (asked?.analysed ?? null) as StampedAnswer<Q['kind']> | null;
  const step = analysed?.step ?? 0;
  const stale = useLab(
    (state) => analysed !== null && (state.run.step !== step || state.lastReport !== asked?.report),
  );
  return {
    asking: asked?.asking ?? false,
    report: (analysed?.answer.report ?? null) as AnalysisState<Q['kind']>['report'],
    step,
    id: analysed?.id ?? null,
    stale,
    error: asked?.error ?? null,
  };
}
