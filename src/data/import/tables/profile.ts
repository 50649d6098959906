import { LARGEST, noRange, type ColumnRange, widenRange } from '../values/quantise';
import type { TableRow } from './csv';
import { isDate, isYearMonthDay } from './numbers';

/** Different values counted per column. */
const MOST_DISTINCT = 1000;
/** Values kept per column to find its quantiles in, and different extremes at each end. */
const SAMPLE = 1024;
const SAMPLES = 4_000_000;
const EXTREMES = 4;

/** What one pass over a table finds out about a column. */
export interface Profile {
  range: ColumnRange;
  /** Of all numbers, scaled by nothing: 0 where they are too large to be added up. */
  mean: number;
  numbers: number;
  texts: number;
  /** Of the texts, dates and times. */
  dates: number;
  missing: number;
  /** Different values, up to MOST_DISTINCT; Infinity beyond. */
  distinct: number;
  /** Different texts, where they are few enough to be counted. */
  levels: string[];
  /** Whole numbers that (but for a few) are never the same within a file. */
  different: boolean;
  repeats: number;
  /** It counts the rows (1, 2, 3, …). */
  counts: boolean;
  /** Every value is larger (or every one smaller) than the one in the row before. */
  sorted: boolean;
  /** Whole numbers that all read as year, month and day. */
  yearMonthDay: boolean;
  /** The largest and the smallest different values, outermost first. */
  highs: number[];
  lows: number[];
  /** Some of the values, evenly from all rows, in order of size. */
  sample: Float64Array;
}

/** Fills a profile cell by cell. */
export class Profiler {
  private readonly range = noRange();
  private sum = 0;
  private numbers = 0;
  private texts = 0;
  private dates = 0;
  private missing = 0;
  private readonly bits = new Uint32Array(8);
  private small = 0;
  private seen: Set<string | number> | null = new Set();
  private readonly levels: string[] = [];
  private unique: Set<number> | null = new Set();
  private repeats = 0;
  private counts = true;
  private next: number | null = null;
  private rising = true;
  private falling = true;
  private last: number | null = null;
  private yearMonthDay = true;
  private readonly highs: number[] = [];
  private readonly lows: number[] = [];
  private sample: number[] = [];
  private stride = 1;
  private readonly keep: number;

  constructor(columns: number) {
    this.keep = Math.max(32, Math.min(SAMPLE, Math.floor(SAMPLES / columns)));
  }

  /** Values may be the same in one file and the next: each may count from 1. */
  newFile(): void {
    this.unique?.clear();
    this.last = null;
    this.next = null;
  }

  look(row: TableRow, cell: number): void {
    const value = row.number(cell);
    if (value === null) this.missing++;
    else if (!(Math.abs(value) <= LARGEST)) this.text(row.text(cell).trim());
    else this.number(value);
  }

  private text(text: string): void {
    this.texts++;
    this.counts = false;
    if (isDate(text)) this.dates++;
    if (!this.seen || this.seen.has(text)) return;
    this.seen.add(text);
    this.levels.push(text);
    this.limit();
  }

  private number(value: number): void {
    this.numbers++;
    this.sum += value;
    widenRange(this.range, value);
    if (this.counts && this.next !== null && value !== this.next) this.counts = false;
    this.next = value + 1;
    if (this.last !== null) {
      if (value <= this.last) this.rising = false;
      if (value >= this.last) this.falling = false;
    }
    this.last = value;
    if (this.yearMonthDay && !isYearMonthDay(value)) this.yearMonthDay = false;
    this.differ(value);
    this.distinguish(value);
    if ((this.numbers - 1) % this.stride === 0) this.draw(value);
    if (this.highs.length < EXTREMES || value > this.highs[EXTREMES - 1]) insert(this.highs, value, -1);
    if (this.lows.length < EXTREMES || value < this.lows[EXTREMES - 1]) insert(this.lows, value, 1);
  }

  private differ(value: number): void {
    if (!this.unique) return;
    if (this.unique.has(value)) this.repeats++;
    else this.unique.add(value);
    if (!this.range.whole || this.repeats > 5 + this.numbers / 10) this.unique = null;
  }

  /** Small whole numbers are counted in bits: tables of pixels have millions. */
  private distinguish(value: number): void {
    if (!this.seen) return;
    if (value >= 0 && value < 256 && Number.isInteger(value)) {
      const bit = 1 << (value & 31);
      if (this.bits[value >> 5] & bit) return;
      this.bits[value >> 5] |= bit;
      this.small++;
    } else if (this.seen.has(value)) return;
    else this.seen.add(value);
    this.limit();
  }

  private limit(): void {
    if (this.seen && this.seen.size + this.small > MOST_DISTINCT) this.seen = null;
  }

  private draw(value: number): void {
    this.sample.push(value);
    if (this.sample.length < 2 * this.keep) return;
    this.sample = this.sample.filter((_, i) => i % 2 === 0);
    this.stride *= 2;
  }

  get profile(): Profile {
    const { range, numbers, texts, missing, repeats } = this;
    const mean = this.sum / Math.max(1, numbers);
    return {
      range,
      mean: Number.isFinite(mean) ? mean : 0,
      numbers,
      texts,
      dates: this.dates,
      missing,
      distinct: this.seen ? this.seen.size + this.small : Infinity,
      levels: this.seen ? this.levels : [],
      different: this.unique !== null && range.whole && numbers > 0 && texts === 0,
      repeats,
      counts: this.counts && range.whole && texts + missing === 0,
      sorted: (this.rising || this.falling) && numbers > 1,
      yearMonthDay: this.yearMonthDay && numbers > 0,
      highs: this.highs,
      lows: this.lows,
      sample: Float64Array.from(this.sample).sort(),
    };
  }
}

/** Puts a value among the outermost different ones; `sign` −1 for the largest first, 1 for the smallest. */
function insert(list: number[], value: number, sign: number): void {
  if (list.includes(value)) return;
  list.push(value);
  list.sort((a, b) => sign * (a - b));
  if (list.length > EXTREMES) list.length = EXTREMES;
}
