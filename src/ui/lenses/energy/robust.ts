import { errorMessage } from '../../../base/errorMessage';
import { useEffect } from 'react';
import { create } from 'zustand';
import type { DisturbanceKind } from '../../../energy/disturbance';
import { type StampedAnswer, askFurther } from '../../../store/analysis';
import type { AnalysisQuery, RobustnessReport } from '../../../topology/analysis/types';

/** Sizes a curve is drawn through; the slider's own size is measured by itself. */
const CURVE_SIZES = [0.003, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.5, 1, 3] as const;

type Part = 'curve' | 'point';
type RobustQuery = Extract<AnalysisQuery, { kind: 'robustness' }>;

interface Found {
  key: string;
  report: RobustnessReport;
}

interface RobustState {
  curve: Found | null;
  point: Found | null;
  error: string | null;
}

const useFound = create<RobustState>()(() => ({ curve: null, point: null, error: null }));

type Subject = Pick<StampedAnswer, 'id' | 'step'>;

/** One question of a part at a time; of those put meanwhile only the newest is asked, so that a slider stays live. */
const busy: Record<Part, boolean> = { curve: false, point: false };
const next: Record<Part, { key: string; subject: Subject; query: RobustQuery } | null> = {
  curve: null,
  point: null,
};

function request(part: Part, key: string, subject: Subject, query: RobustQuery): void {
  if (busy[part]) {
    next[part] = { key, subject, query };
    return;
  }
  busy[part] = true;
  askFurther(subject, query)
    .then(({ answer }) => useFound.setState({ [part]: { key, report: answer.report }, error: null }))
    .catch((reason: unknown) => useFound.setState({ error: errorMessage(reason) }))
    .finally(() => {
      busy[part] = false;
      const waiting = next[part];
      next[part] = null;
      if (waiting) request(part, waiting.key, waiting.subject, waiting.query);
    });
}

/** What is known of a part for these networks and this kind; an answer to an older position of the slider stays until the next. */
function usePart(
  part: Part,
  subject: Subject | null,
  by: Omit<RobustQuery, 'kind' | 'sizes'>,
  sizes: readonly number[],
): RobustnessReport | null {
  const { disturbance, measure, site } = by;
  const about = subject && `${subject.id}/${disturbance}/${measure}/${site}`;
  const key = about && `${about}/${sizes.join()}`;
  const step = subject?.step ?? 0;
  const id = subject?.id ?? null;
  useEffect(() => {
    if (key === null || id === null) return;
    if (useFound.getState()[part]?.key === key) return;
    const asked = key
      .slice(key.lastIndexOf('/') + 1)
      .split(',')
      .map(Number);
    request(part, key, { id, step }, { kind: 'robustness', disturbance, sizes: asked, measure, site });
  }, [part, key, id, step, disturbance, measure, site]);
  const found = useFound((state) => state[part]);
  return found && about !== null && found.key.startsWith(`${about}/`) ? found.report : null;
}

/** Accuracy of the three under disturbances: the whole curve, and at the slider's size; null until measured. */
export function useRobustness(
  subject: Subject | null,
  by: { disturbance: DisturbanceKind } & Pick<RobustQuery, 'measure' | 'site'>,
  size: number,
): { curve: RobustnessReport | null; point: RobustnessReport | null; error: string | null } {
  const point = usePart('point', subject, by, [size]);
  const curve = usePart('curve', subject, by, CURVE_SIZES);
  const error = useFound((state) => state.error);
  return { curve, point, error };
}
