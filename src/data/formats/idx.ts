import { type ByteSink, DataError } from './error';
import { MaybeGunzip } from './gzip';

const UNSIGNED_BYTE = 0x08;
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** What an `IdxReader` expects, and where it puts the values. */
export interface IdxTarget {
  /** Number of dimensions: 1 for labels, 3 for images (count, rows, columns). */
  rank: number;
  /** How many items are wanted: the reader is `satisfied` after the first `limit`. All of them where left out. */
  limit?: number;
  /**
   * Called once, when the header has been read. Returns the array that takes the values, or throws where the sizes are
   * wrong.
   */
  begin(dimensions: readonly number[]): Uint8Array;
  /** Called whenever items are complete: those from `from` to `to` − 1 are new. */
  items?(from: number, to: number): void;
}

/**
 * Reads an IDX file of unsigned bytes from chunks cut anywhere, writing values straight to their final place. Throws a
 * `DataError` on a wrong magic number, on truncation (at `finish`) and on surplus bytes.
 */
export class IdxReader implements ByteSink {
  /** Items (labels, images) complete so far. */
  complete = 0;
  private readonly header: Uint8Array;
  private headerBytes = 0;
  private values: Uint8Array | null = null;
  private filled = 0;
  private itemSize = 1;
  private count = 0;
  private wanted = 0;

  constructor(
    private readonly file: string,
    private readonly target: IdxTarget,
  ) {
    this.header = new Uint8Array(4 + 4 * target.rank);
  }

  /** Whether all wanted items have been read although the file goes on: its rest need not be loaded. */
  get satisfied(): boolean {
    return this.wanted < this.count && this.complete >= this.wanted;
  }

  push(bytes: Uint8Array): void {
    let body = this.values ? bytes : this.readHeader(bytes);
    if (this.values && this.wanted < this.count) body = body.subarray(0, this.values.length - this.filled);
    if (!this.values || body.length === 0) return;
    if (this.filled + body.length > this.values.length) {
      const expected = this.header.length + this.values.length;
      throw new DataError(this.file, `there are extra bytes after the ${expected} its header announces`);
    }
    this.values.set(body, this.filled);
    this.filled += body.length;
    const from = this.complete;
    this.complete = Math.floor(this.filled / this.itemSize);
    if (this.complete > from) this.target.items?.(from, this.complete);
  }

  finish(): void {
    if (!this.values) {
      if (this.headerBytes >= 4) this.checkMagic();
      const problem = this.headerBytes === 0 ? 'the file is empty' : 'the file ends inside its header';
      throw new DataError(this.file, `${problem} (${this.headerBytes} bytes)`);
    }
    if (this.filled < this.values.length) {
      const found = `${this.complete} of ${this.count} items, ${this.filled} of ${this.values.length} bytes`;
      throw new DataError(this.file, `the file is truncated (${found})`);
    }
  }

  /** Takes what belongs to the header and returns the rest. */
  private readHeader(bytes: Uint8Array): Uint8Array {
    const taken = Math.min(bytes.length, this.header.length - this.headerBytes);
    this.header.set(bytes.subarray(0, taken), this.headerBytes);
    this.headerBytes += taken;
    if (this.headerBytes >= 4) this.checkMagic();
    if (this.headerBytes === this.header.length) this.begin();
    return bytes.subarray(taken);
  }

  private checkMagic(): void {
    const { rank } = this.target;
    const magic = this.header.subarray(0, 4);
    if (magic[0] === 0 && magic[1] === 0 && magic[2] === UNSIGNED_BYTE && magic[3] === rank) return;
    const text = String.fromCharCode(...magic).trimStart();
    if (text.startsWith('<')) {
      throw new DataError(this.file, 'the server sent a web page (HTML) instead of data');
    }
    const wanted = `00 00 08 ${rank.toString(16).padStart(2, '0')}`;
    throw new DataError(
      this.file,
      `wrong magic number: it begins with ${hex(magic)} where ${wanted} was expected`,
    );
  }

  private begin(): void {
    const view = new DataView(this.header.buffer);
    const dimensions = Array.from({ length: this.target.rank }, (_, i) => view.getUint32(4 + 4 * i));
    const [count, ...shape] = dimensions;
    const itemSize = shape.reduce((product, n) => product * n, 1);
    const wanted = Math.min(count, this.target.limit ?? count);
    const size = wanted * itemSize;
    const values = this.target.begin(dimensions);
    if (values.length !== size) {
      throw new DataError(
        this.file,
        `its header announces ${dimensions.join(' × ')} values, not ${values.length}`,
      );
    }
    this.values = values;
    this.count = count;
    this.wanted = wanted;
    this.itemSize = Math.max(1, itemSize);
  }
}

/** An IDX file of unsigned bytes, read whole. */
export interface IdxFile {
  dimensions: number[];
  values: Uint8Array;
}

/**
 * Reads a whole IDX file, gzipped or plain, from memory; throws a `DataError`. `limit` is the most values accepted. A plain file that is
 * shorter than its header announces is refused before memory is taken for what is not there.
 */
export function readIdx(file: string, bytes: Uint8Array, rank: number, limit = 2 ** 30): IdxFile {
  const result: IdxFile = { dimensions: [], values: new Uint8Array(0) };
  const gzipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const reader = new IdxReader(file, {
    rank,
    begin: (dimensions) => {
      const size = dimensions.reduce((product, n) => product * n, 1);
      if (size > limit) {
        throw new DataError(
          file,
          `its header announces ${dimensions.join(' × ')} values, more than can be held`,
        );
      }
      const there = bytes.length - 4 - 4 * rank;
      if (!gzipped && there < size) {
        const items = dimensions[0] > 0 ? Math.floor(there / (size / dimensions[0])) : 0;
        throw new DataError(
          file,
          `the file is truncated (${items} of ${dimensions[0]} items, ${there} of ${size} bytes)`,
        );
      }
      result.dimensions = [...dimensions];
      return (result.values = new Uint8Array(size));
    },
  });
  const source = new MaybeGunzip(file, reader);
  source.push(bytes);
  source.finish();
  return result;
}
