/**
 * How a number is written: shares as per cent, `points` as percentage points with a sign, `number` to three digits, `count` whole,
 * `seconds`, `ratio` as a factor.
 */
export type NumberFormat = 'share' | 'points' | 'number' | 'count' | 'seconds' | 'ratio';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Three significant digits, with a power of ten outside 1e-3 … 1e5. */
function number(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e-3 && size < 1e5) return String(Number(value.toPrecision(3)));
  const [digits, exponent] = value.toExponential(1).split('e');
  const power = exponent
    .replace('+', '')
    .replace('-', '⁻')
    .replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  const mantissa = digits.replace(/\.0$/, '');
  return mantissa === '1' ? `10${power}` : `${mantissa}·10${power}`;
}

/** A time in seconds with the unit that suits it. */
function seconds(value: number): string {
  const size = Math.abs(value);
  if (size >= 1 || size === 0) return `${number(value)} s`;
  return size >= 1e-3 ? `${number(1e3 * value)} ms` : `${number(1e6 * value)} µs`;
}

/** A number in words; "–" where there is none. */
export function formatNumber(value: number | null, format: NumberFormat): string {
  if (value === null || Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const text = ((): string => {
    switch (format) {
      case 'share':
        return `${(100 * value).toFixed(2)} %`;
      case 'points':
        return `${value > 0 ? '+' : ''}${value.toFixed(2)}`;
      case 'number':
        return number(value);
      case 'count':
        return String(Math.round(value));
      case 'seconds':
        return seconds(value);
      case 'ratio':
        return `×${number(value)}`;
    }
  })();
  return text.replace(/^(×?)-/, '$1−');
}

/** "0.981 [0.975, 0.987]", the mean with its interval; the mean alone where there is none. */
export function formatInterval(
  { value, low, high }: { value: number; low: number; high: number },
  format: NumberFormat,
): string {
  const mean = formatNumber(value, format);
  return Number.isFinite(low) && Number.isFinite(high)
    ? `${mean} [${formatNumber(low, format)}, ${formatNumber(high, format)}]`
    : mean;
}
