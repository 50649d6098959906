import { zlibInflate, zlibInflateInit2, zlibInflateReset, ZStream } from 'pako';

/** Window bits of a bare deflate stream and of one in gzip's wrapper, as zlib numbers them. */
const RAW = -15;
const GZIP = 31;
/** Most bytes handed on at a time. */
const PIECE = 1 << 16;
const STREAM_END = 1;
const BUFFER_ERROR = -5;

/**
 * Inflates one deflate or gzip stream after another from chunks cut anywhere, in pieces of at most 64 KB, so that what a small
 * file unpacks to is never held at once. A gzip stream's checksum and length are checked where it ends.
 */
export class Inflater {
  /** The stream has ended; what is pushed next begins another one. */
  ended = false;
  private readonly stream = new ZStream();
  private readonly output = new Uint8Array(PIECE);

  constructor(kind: 'raw' | 'gzip') {
    zlibInflateInit2(this.stream, kind === 'raw' ? RAW : GZIP);
  }

  /**
   * Inflates `bytes` as far as the stream goes and hands each piece to `each` (a view that is written over afterwards). Returns how many
   * of the bytes were taken. Throws an `Error` that holds zlib's own words where they are corrupt.
   */
  push(bytes: Uint8Array, each: (piece: Uint8Array) => void): number {
    const { stream } = this;
    if (this.ended) {
      zlibInflateReset(stream);
      this.ended = false;
    }
    stream.input = bytes;
    stream.next_in = 0;
    stream.avail_in = bytes.length;
    for (;;) {
      stream.output = this.output;
      stream.next_out = 0;
      stream.avail_out = PIECE;
      const status = zlibInflate(stream, 0);
      if (stream.next_out > 0) each(this.output.subarray(0, stream.next_out));
      if (status === STREAM_END) {
        this.ended = true;
        break;
      }
      // Nothing to be done without more input is no fault.
      if (status < 0 && status !== BUFFER_ERROR) throw new Error(stream.msg || `status ${status}`);
      if (stream.avail_in === 0 && stream.avail_out > 0) break;
    }
    return bytes.length - stream.avail_in;
  }
}
