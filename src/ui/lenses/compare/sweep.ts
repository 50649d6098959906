import { numberCell } from '../../../store/export/cells';
import type { SweepPoint, SweepState } from '../../../worker/protocol';

const HEADER = 'kind,start_step,step,images,lambda,o,series,value';

/** Every kept moment of a sweep in long format: one line for each copy and quantity. `o` is empty on a ladder. */
export function sweepCsv(trail: readonly SweepState[]): string[] {
  const lines = [HEADER];
  for (const { sweep, startStep, step, n, points } of trail)
    for (const { lambda, o, accuracy, energy, finite } of points) {
      const copy = [
        sweep.kind,
        startStep,
        step,
        n,
        numberCell(lambda),
        o === null ? '' : numberCell(o),
      ].join();
      lines.push(`${copy},accuracy,${numberCell(accuracy)}`, `${copy},energy,${numberCell(energy)}`);
      lines.push(`${copy},finite,${finite ? 1 : 0}`);
    }
  return [lines.join('\n') + '\n'];
}

export const measurable = ({ finite, energy, accuracy }: SweepPoint): boolean =>
  finite && Number.isFinite(energy) && Number.isFinite(accuracy);
