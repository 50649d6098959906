/** How numbers are written in the lab: one decimal for accuracies, three significant digits for energies, "÷39" for reductions. */

/** 0.8456 → "84.6 %". */
export function percent(fraction: number, decimals = 1): string {
  return Number.isFinite(fraction) ? `${(100 * fraction).toFixed(decimals)} %` : '–';
}

const SUPERSCRIPT: Record<string, string> = {
  '-': '⁻',
  0: '⁰',
  1: '¹',
  2: '²',
  3: '³',
  4: '⁴',
  5: '⁵',
  6: '⁶',
  7: '⁷',
  8: '⁸',
  9: '⁹',
};

/** Three significant digits, with a power of ten outside 1e-3 … 1e5: 0.0123, 4.91, 2.1×10⁻⁶. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value === Infinity ? '∞' : '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) {
    const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)));
    return value.toFixed(Math.min(decimals, 8));
  }
  // toExponential rounds before it chooses the exponent: 9.99e-7 is 1×10⁻⁶, never 10×10⁻⁷.
  const [digitsOf, exponent] = value.toExponential(1).split('e');
  const mantissa = digitsOf.replace(/\.0$/, '');
  const power = exponent.replace('+', '').replace(/./g, (c) => SUPERSCRIPT[c]);
  return mantissa === '1' ? `10${power}` : `${mantissa}×10${power}`;
}

/** A hot value as typed and spoken: "0", "0.001", "1e-6". */
export function typedNumber(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e6
    ? String(rounded)
    : rounded.toExponential().replace('e+', 'e');
}

/** 12345 → "12,345". */
export function groupedInteger(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Two significant digits, the zero of 1.0 kept: a ratio close to 1 should not look exact. */
const twoDigits = (factor: number): string =>
  factor < 9.95 ? factor.toFixed(1) : String(Number(factor.toPrecision(2)));

/** Before/after as a reduction: 39.2 → "÷39"; growth as "×1.8". */
export function reductionRatio(before: number, after: number): string {
  if (!(before > 0) || !(after > 0)) return '–';
  const factor = before / after;
  return factor >= 1 ? `÷${twoDigits(factor)}` : `×${twoDigits(1 / factor)}`;
}
