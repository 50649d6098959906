import { convertLambda, energyMeasure } from '../../../energy/measures';
import type { ComparedNetwork, EnergyReport, RobustnessReport } from '../../../topology/analysis/types';
import { percent, typedNumber, reductionRatio, significant } from '../../../drawing/format';

/** A factor of a fall as it is written: ÷5.6, or ×1.2 where it points backwards. */
export const factorText = (factor: number): string => reductionRatio(factor, 1);

/** The first sentence of the lens, from the numbers of a measurement alone. */
export function energySentence({ network, twin, waterfall, refusal }: EnergyReport): string {
  const own = `E is ${significant(network.raw.total)}`;
  if (!twin) return `${own}; there is no λ = 0 twin to compare it with.`;
  const fall = twin.raw.total / network.raw.total;
  const fell = `E fell ${factorText(fall)} against the λ = 0 twin`;
  const against = fall >= 1 ? fell : `E is ${factorText(fall)} that of the λ = 0 twin`;
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
  if (Math.abs(Math.log(fall)) < Math.log(1.05)) return `E is that of the λ = 0 twin within 5 %; ${answers}.`;
  if (refusal !== null) return `${against}; how much of it is rescaling cannot be told here; ${answers}.`;
  return `${against}; ${answers}.`;
}

const NAMES: Record<ComparedNetwork, string> = {
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

/** The formula in force with the numbers of the network filled in. */
export function filledFormula({ measure, site, network }: EnergyReport): string[] {
  const by = energyMeasure(measure);
  const widths = network.activity.map(({ width }) => width);
  const terms = network.raw.layers.map((value) => significant(value)).join(' + ');
  const mean = measure === 'mean-square' && widths.length > 1;
  const filled = mean ? `(1/${widths.length})·(${terms})` : terms;
  return [by.printed(widths, site), `E = ${filled} = ${significant(network.raw.total)}`];
}

/** λ as another normalisation would have it, layer by layer; one sentence. */
export function lambdaSentence(lambda: number, { measure, network }: EnergyReport): string {
  const widths = network.activity.map(({ width }) => width);
  const other = measure === 'mean-square' ? 'sum-square' : measure === 'sum-square' ? 'mean-square' : null;
  if (other === null)
    return `No λ of another measure pushes as λ does under ${energyMeasure(measure).label}.`;
  if (lambda === 0) return 'λ is 0 under every measure.';
  const each = widths.map((width) =>
    convertLambda(
      lambda,
      measure,
      other,
      widths.map(() => width),
    ),
  );
  const one = each.every((value) => value === each[0]);
  const text = one
    ? `λ ${typedNumber(each[0] ?? 0)}`
    : each.map((value, l) => `λ ${typedNumber(value ?? 0)} in layer ${l + 1}`).join(', ');
  return `λ ${typedNumber(lambda)} under ${energyMeasure(measure).label.toLowerCase()} pushes as hard as ${text} under ${energyMeasure(other).label.toLowerCase()}${one ? '' : ': no single λ, as widths differ'}.`;
}
