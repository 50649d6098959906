import { METRIC_INDEX, type History } from '../../store/series/history';
import type { Pin, RunnerId } from '../../worker/protocol';

/** E now, and E before λ last changed; means over up to `window` steps. */
export interface EnergyReduction {
  now: number;
  /** E just before the last λ pin; null without a λ pin or steps on both sides of it. */
  before: number | null;
  pin: Pin | null;
  /** E of the twin over the same steps as `now`; null without a twin that has come so far. */
  twin: number | null;
  /** Why `before` and `now` are not the same quantity, or null. */
  caveat: string | null;
}

/** Mean of a column over the last rows in (after, upTo], at most `window` of them; null without any. */
function meanBetween(
  history: History,
  runner: RunnerId,
  after: number,
  upTo: number,
  window: number,
): number | null {
  const table = history.tables[runner];
  const to = table.lowerBound(upTo + 1);
  const from = Math.max(table.lowerBound(after + 1), to - window);
  if (to <= from) return null;
  let sum = 0;
  for (let r = from; r < to; r++) sum += table.at(r, METRIC_INDEX.energy);
  return sum / (to - from);
}

export function energyReduction(
  history: History,
  pins: readonly Pin[],
  measure: string,
  window: number,
): EnergyReduction | null {
  const last = history.lastStep('main');
  const pin = pins.findLast((p) => p.kind === 'lambda') ?? null;
  const start = pin?.step ?? 0;
  const now = meanBetween(history, 'main', pin && last > start ? start : 0, last, window);
  if (now === null) return null;
  const before = pin && last > start ? meanBetween(history, 'main', 0, start, window) : null;
  const twinThere = Math.abs(history.lastStep('twin') - last) <= window;
  const twin = twinThere ? meanBetween(history, 'twin', last - window, last, window) : null;
  const since = pins.filter((p) => p.step > start || (p.step === start && pin !== null && p.id > pin.id));
  const changedMeasure = since.some((p) => p.kind === 'measure');
  const resized = since.some((p) => p.report && ['remove', 'grow'].includes(p.report.operation.kind));
  const caveat = changedMeasure
    ? 'the measure of E changed since, so the two are not comparable'
    : resized && measure === 'mean-square'
      ? 'widths changed since: mean-square E moves with width alone'
      : null;
  return { now, before: changedMeasure ? null : before, pin, twin, caveat: pin ? caveat : null };
}
