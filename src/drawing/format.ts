/**
 * How numbers are written everywhere: on the page, in exported files and in the reports of the command line. Measured values have
 * three significant digits, powers of ten read 2.1×10⁻⁶, negative numbers have a true minus sign, and "–" stands for no number.
 */

/**
 * What a number is, which decides how it is written: `share` is a fraction written in per cent with two decimals, `points` are
 * percentage points with a sign, `number` has three significant digits, `count` is a whole number with separators, `seconds` is a
 * time with a fitting unit, `ratio` is a factor such as ×2.5.
 */
export type NumberFormat = 'share' | 'points' | 'number' | 'count' | 'seconds' | 'ratio';

/** From this size on, and below its inverse counterpart 1e-3, numbers are written with a power of ten. */
const LARGE = 1e5;
const SMALL = 1e-3;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (exponent: number): string =>
  `10${exponent < 0 ? '⁻' : ''}${String(Math.abs(exponent)).replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)])}`;

/** A text of a number with a hyphen in front gets a true minus sign there. */
const withMinus = (text: string): string => text.replace(/^-/, '−');

/** What stands for a number that is not finite; null for finite ones. */
function notFinite(value: number): string | null {
  if (Number.isNaN(value)) return '–';
  return value === Infinity ? '∞' : value === -Infinity ? '−∞' : null;
}

/** A number outside the plain range: its mantissa to so many digits, times a power of ten. */
function scientific(value: number, digits: number): string {
  // toExponential rounds before it chooses the exponent: 9.99e-7 is 1×10⁻⁶, never 10×10⁻⁷.
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const short = String(Number(mantissa));
  const power = raised(Number(exponent));
  return withMinus(short === '1' ? power : short === '-1' ? `-${power}` : `${short}×${power}`);
}

const isPlain = (value: number): boolean => Math.abs(value) >= SMALL && Math.abs(value) < LARGE;

/** A measured value to `digits` significant digits with its trailing zeros (0.500, 4.91, 12300), or as 2.1×10⁻⁶ outside 0.001 … 100,000. */
export function significant(value: number, digits = 3): string {
  const special = notFinite(value);
  if (special !== null) return special;
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  if (!isPlain(rounded)) return scientific(value, 2);
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(rounded)));
  return withMinus(rounded.toFixed(Math.min(8, Math.max(0, decimals))));
}

/** A value that was set or lies on an axis, without trailing zeros: 0.001, 25, 5×10⁻⁴. `digits` is how many digits it is rounded to. */
export function roundedNumber(value: number, digits = 3): string {
  const special = notFinite(value);
  if (special !== null) return special;
  const rounded = Number(value.toPrecision(digits));
  if (rounded === 0) return '0';
  return isPlain(rounded) ? withMinus(String(rounded)) : scientific(value, Math.max(1, digits - 1));
}

/** A fraction in per cent: 0.8456 is "84.6 %". */
export function percent(fraction: number, decimals = 1): string {
  return notFinite(fraction) ?? `${withMinus((100 * fraction).toFixed(decimals))} %`;
}

/** A hot value as it is typed and read back, in plain characters: "0", "0.001", "1e-6". */
export function typedNumber(value: number): string {
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(3));
  return Math.abs(rounded) >= 1e-4 && Math.abs(rounded) < 1e6
    ? String(rounded)
    : rounded.toExponential().replace('e+', 'e');
}

/** A whole number with separators: 12345 is "12,345". */
export function groupedInteger(value: number): string {
  return notFinite(value) ?? withMinus(Math.round(value).toLocaleString('en-US'));
}

/** Two significant digits, the zero of 1.0 kept: a ratio close to 1 should not look exact. */
const twoDigits = (factor: number): string =>
  factor < 9.95 ? factor.toFixed(1) : String(Number(factor.toPrecision(2)));

/** What became of a positive quantity: a fall from 39.2 to 1 is "÷39", a rise from 1 to 1.8 is "×1.8". */
export function reductionRatio(before: number, after: number): string {
  if (!(before > 0) || !(after > 0)) return '–';
  const factor = before / after;
  return factor >= 1 ? `÷${twoDigits(factor)}` : `×${twoDigits(1 / factor)}`;
}

/** A time in seconds with the unit that suits it. */
function duration(value: number): string {
  const size = Math.abs(value);
  if (size >= 1 || size === 0) return `${roundedNumber(value)} s`;
  return size >= 1e-3 ? `${roundedNumber(1e3 * value)} ms` : `${roundedNumber(1e6 * value)} µs`;
}

/** A number as its format asks; "–" where there is none. */
export function formatNumber(value: number | null, format: NumberFormat): string {
  if (value === null) return '–';
  const special = notFinite(value);
  if (special !== null) return special;
  switch (format) {
    case 'share':
      return percent(value, 2);
    case 'points':
      return `${value > 0 ? '+' : ''}${withMinus(value.toFixed(2))}`;
    case 'number':
      return roundedNumber(value);
    case 'count':
      return groupedInteger(value);
    case 'seconds':
      return duration(value);
    case 'ratio':
      return `×${roundedNumber(value)}`;
  }
}

/** A mean with its interval, "0.981 [0.975, 0.987]"; the mean alone where the limits are not finite. */
export function formatInterval(
  { value, low, high }: { value: number; low: number; high: number },
  format: NumberFormat,
): string {
  const mean = formatNumber(value, format);
  return Number.isFinite(low) && Number.isFinite(high)
    ? `${mean} [${formatNumber(low, format)}, ${formatNumber(high, format)}]`
    : mean;
}
