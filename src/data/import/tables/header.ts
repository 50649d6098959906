import { isMissing } from '../pairing/names';
import { type Decimal, isDate, numberIn } from './numbers';

/** Whether some numbers count up by one, as the numbers of columns do. */
const countsUp = (cells: readonly string[]): boolean =>
  cells.length >= 2 && cells.every((cell, i) => i === 0 || Number(cell) === Number(cells[i - 1]) + 1);

/**
 * Whether the first row names the columns: a text over numbers or dates, numbers of columns (0, 1, 2, …) beside texts, or texts none of
 * which comes again in columns whose texts do.
 */
export function hasHeader(
  first: readonly string[],
  others: readonly (readonly string[])[],
  decimal: Decimal,
): boolean {
  if (others.length === 0) return false;
  const isText = (cell: string): boolean => Number.isNaN(numberIn(cell, decimal) ?? 0);
  const overNumbers = first.some((cell, j) => {
    if (!isText(cell) || isDate(cell)) return false;
    const below = others.map((row) => row[j] ?? '').filter((other) => !isMissing(other));
    return (
      below.length > 0 && below.filter((other) => isText(other) && !isDate(other)).length < below.length / 2
    );
  });
  if (overNumbers) return true;
  const texts = first.map((cell, j) => ({ cell, j })).filter(({ cell }) => isText(cell));
  if (texts.length === 0) return false;
  const again = texts.map(({ cell, j }) => {
    const below = others.map((row) => (row[j] ?? '').trim());
    const different = new Set(below).size;
    return {
      repeats: different <= below.length / 2 && below.length >= 4,
      comes: below.includes(cell.trim()),
    };
  });
  const apart = again.some(({ repeats }) => repeats) && again.every(({ comes }) => !comes);
  if (!apart) return false;
  const numbers = first.filter((cell) => !isText(cell) && !isMissing(cell));
  return numbers.length === 0 || countsUp(numbers);
}
