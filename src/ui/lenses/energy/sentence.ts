import type { Contender, EnergyReport, RobustnessReport } from '../../../topology/analysis/types';
import { percent, ratio, significant } from '../../format';

/** A factor of a fall as it is written: ÷5.6, or ×1.2 where it points backwards. */
export const factorText = (factor: number): string => ratio(factor, 1);

/** The first sentence of the lens, from the numbers of a measurement alone. */
export function energySentence({ network, twin, waterfall, refusal }: EnergyReport): string {
  const own = `E is ${significant(network.raw.total)}`;
  if (!twin) return `${own}; there is no λ = 0 twin to compare it with.`;
  const fall = twin.raw.total / network.raw.total;
  const against =
    fall >= 1
      ? `E fell ${factorText(fall)} against the λ = 0 twin`
      : `E is ${factorText(fall)} that of the λ = 0 twin`;
  const answers = `accuracy ${percent(network.accuracy)} against ${percent(twin.accuracy)}`;
  if (waterfall) {
    const { rescaling, logits, rest } = waterfall;
    const parts = [
      `${factorText(rescaling)} rescaling`,
      `${factorText(logits)} ${logits >= 1 ? 'smaller' : 'larger'} logits`,
      `${factorText(rest)} rest${rest < 1 ? ' (backwards)' : ''}`,
    ];
    return `${against} = ${parts.join(' · ')}; ${answers}.`;
  }
  if (refusal !== null) return `${against}, and no part of it is free rescaling; ${answers}.`;
  return `${against}; ${answers}.`;
}

const NAMES: Record<Contender, string> = {
  twin: 'the twin',
  network: 'yours',
  rescaled: 'the rescaled twin',
};

/** What a disturbance of one size does to those there are, e.g. "With noise σ 0.3: the twin 86.3 %, yours 77.0 %, …". */
export function robustSentence({ disturbance, curves, n }: RobustnessReport): string {
  const size = curves[0]?.points[0]?.size ?? 0;
  const kind =
    disturbance === 'noise' ? `noise σ ${significant(size, 2)}` : `steps of ${significant(size, 2)}`;
  const parts = curves.map(
    ({ contender, points: [point] }) => `${NAMES[contender]} ${percent(point.accuracy)}`,
  );
  return `With ${size === 0 ? 'no disturbance' : kind}: ${parts.join(', ')} (n ${n}).`;
}
