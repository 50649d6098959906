import { FORMULA, numberCell, textCell } from './cells';
import type { LongRow } from './series';

const HEADER = 'run,series,step,value';

/** Long-format CSV in pieces of a few thousand lines, for a Blob. */
export function longCsv(rows: Iterable<LongRow>): string[] {
  const pieces: string[] = [];
  let lines = [HEADER];
  for (const { run, series, step, value } of rows) {
    lines.push(`${textCell(run)},${textCell(series)},${numberCell(step)},${numberCell(value)}`);
    if (lines.length >= 4096) {
      pieces.push(lines.join('\n') + '\n');
      lines = [];
    }
  }
  pieces.push(lines.length ? lines.join('\n') + '\n' : '');
  return pieces;
}

/** Reads a CSV text into cells. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      row.push(cell);
      cell = '';
    } else if (c === '\n') {
      row.push(cell);
      rows.push(row);
      row = [];
      cell = '';
    } else if (c !== '\r') cell += c;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}

const plainText = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/** Reads what `longCsv` wrote. Throws where it is another file. */
export function readLongCsv(text: string): LongRow[] {
  const [header, ...rows] = parseCsv(text);
  if (header.join(',') !== HEADER) throw new Error(`Expected the columns ${HEADER}.`);
  return rows.map(([run, series, step, value]) => ({
    run: plainText(run),
    series: plainText(series),
    step: Number(step),
    value: Number(value),
  }));
}
