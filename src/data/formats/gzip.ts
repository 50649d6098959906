import { errorMessage } from '../../base/errorMessage';
import { Gunzip } from 'fflate';
import { CRC_START, crcEnd, crcOver } from './crc32';
import { type ByteSink, DataError } from './error';

/**
 * Passes bytes on to `sink`, inflating them on the way if, and only if, they begin with gzip's magic bytes 1f 8b: some
 * servers undo the compression themselves, so neither the file's name nor a header can be trusted. Throws a `DataError`
 * where the gzip data are corrupt; fflate leaves the checksum unread, so it is checked here.
 */
export class MaybeGunzip implements ByteSink {
  private held: Uint8Array = new Uint8Array(0);
  private gunzip: Gunzip | null = null;
  private decided = false;
  private members = 1;
  private crc = CRC_START;
  private length = 0;
  private readonly trailer = new Uint8Array(8);

  constructor(
    private readonly file: string,
    private readonly sink: ByteSink,
  ) {}

  /** True if the input is gzipped, false if it is plain, null until its first two bytes are here. */
  get gzipped(): boolean | null {
    return this.decided ? this.gunzip !== null : null;
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
    if (this.gunzip) {
      this.inflate(new Uint8Array(0), true);
      this.checkTrailer();
    }
    this.sink.finish();
  }

  private decide(): void {
    const start = this.held;
    this.decided = true;
    if (start[0] === 0x1f && start[1] === 0x8b) {
      this.gunzip = new Gunzip((inflated) => {
        this.emit(inflated);
      });
      this.gunzip.onmember = () => this.members++;
    }
    this.held = new Uint8Array(0);
    this.forward(start);
  }

  private forward(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    if (!this.gunzip) {
      this.sink.push(bytes);
      return;
    }
    const tail = bytes.subarray(-8);
    this.trailer.copyWithin(0, tail.length);
    this.trailer.set(tail, 8 - tail.length);
    this.inflate(bytes, false);
  }

  private inflate(bytes: Uint8Array, last: boolean): void {
    try {
      this.gunzip?.push(bytes, last);
    } catch (cause) {
      if (cause instanceof DataError) throw cause;
      const reason = errorMessage(cause);
      const problem = /EOF/i.test(reason)
        ? 'the gzip data end too early (the file is truncated)'
        : `the gzip data are corrupt (${reason})`;
      throw new DataError(this.file, problem, { cause });
    }
  }

  private emit(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.crc = crcOver(this.crc, bytes);
    this.length += bytes.length;
    this.sink.push(bytes);
  }

  /** The trailer holds the CRC-32 and the length of its own member only: with several members it is left unread. */
  private checkTrailer(): void {
    if (this.members > 1) return;
    const trailer = new DataView(this.trailer.buffer);
    const wholeLength = trailer.getUint32(4, true) === this.length >>> 0;
    const wholeContent = trailer.getUint32(0, true) === crcEnd(this.crc);
    if (!wholeLength || !wholeContent) {
      throw new DataError(this.file, 'the gzip data are corrupt or cut off (their checksum does not match)');
    }
  }
}
