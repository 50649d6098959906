import { type ByteSink, DataError } from './error';
import { Inflater } from './inflate';

/**
 * Passes bytes on to `sink`, inflating them on the way if, and only if, they begin with gzip's magic bytes 1f 8b: some
 * servers undo the compression themselves, so neither the file's name nor a header can be trusted. A gzip file may have several
 * members, each with its own checksum, and zeros behind the last (gzip takes both). Throws a `DataError` where the data are corrupt.
 */
export class MaybeGunzip implements ByteSink {
  private held: Uint8Array = new Uint8Array(0);
  private inflater: Inflater | null = null;
  private decided = false;
  /** Behind the first zero that follows a member: only zeros may come. */
  private padding = false;
  private members = 0;

  constructor(
    private readonly file: string,
    private readonly sink: ByteSink,
  ) {}

  /** True if the input is gzipped, false if it is plain, null until its first two bytes are here. */
  get gzipped(): boolean | null {
    return this.decided ? this.inflater !== null : null;
  }

  get satisfied(): boolean {
    return this.sink.satisfied === true;
  }

  push(bytes: Uint8Array): void {
    if (this.decided) {
      this.forward(bytes);
      return;
    }
    const start = new Uint8Array(this.held.length + bytes.length);
    start.set(this.held);
    start.set(bytes, this.held.length);
    this.held = start;
    if (start.length >= 2) this.decide();
  }

  finish(): void {
    if (!this.decided) this.decide();
    if (this.inflater && !this.inflater.ended)
      throw new DataError(this.file, 'the gzip data end too early (the file is truncated)');
    this.sink.finish();
  }

  private decide(): void {
    const start = this.held;
    this.decided = true;
    if (start[0] === 0x1f && start[1] === 0x8b) this.inflater = new Inflater('gzip');
    this.held = new Uint8Array(0);
    this.forward(start);
  }

  private forward(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (this.inflater) this.inflate(this.inflater, bytes);
    else this.sink.push(bytes);
  }

  private inflate(inflater: Inflater, bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.padding || (inflater.ended && bytes[at] === 0)) {
        this.padding = true;
        if (bytes[at] !== 0)
          throw new DataError(
            this.file,
            'the gzip data are corrupt: bytes that are none stand behind their end',
          );
        at++;
        continue;
      }
      try {
        at += inflater.push(bytes.subarray(at), (piece) => this.sink.push(piece));
        if (inflater.ended) this.members++;
      } catch (cause) {
        if (cause instanceof DataError || !(cause instanceof Error)) throw cause;
        throw new DataError(this.file, problemOf(cause.message, this.members === 0), { cause });
      }
    }
  }
}

function problemOf(reason: string, first: boolean): string {
  if (/data check|length check/.test(reason))
    return 'the gzip data are corrupt (their checksum does not match)';
  if (!first && /header check/.test(reason))
    return 'the gzip data are corrupt: bytes that are none stand behind their end';
  return `the gzip data are corrupt (${reason})`;
}
