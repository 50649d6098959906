import { type ByteSink, DataError } from '../formats/error';

/** What a `LineReader` expects, and where it puts the lines. */
export interface LineTarget {
  /** Lines in the file. */
  expected: number;
  line(text: string, index: number): void;
}

/** Reads UTF-8 text line by line from chunks cut anywhere. Throws a `DataError` where lines are missing or surplus. */
export class LineReader implements ByteSink {
  private readonly decoder = new TextDecoder();
  private rest = '';
  private count = 0;

  constructor(
    private readonly file: string,
    private readonly target: LineTarget,
  ) {}

  push(bytes: Uint8Array): void {
    this.take(this.decoder.decode(bytes, { stream: true }));
  }

  /** The last line need not end in a line feed. */
  finish(): void {
    this.take(this.decoder.decode());
    if (this.rest.length > 0) this.tell(this.rest);
    if (this.count < this.target.expected) {
      throw new DataError(
        this.file,
        `it is truncated (${this.count} of ${this.target.expected} lines are there)`,
      );
    }
  }

  private take(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.tell(line);
  }

  private tell(line: string): void {
    if (this.count === 0 && line.trimStart().startsWith('<!doctype html')) {
      throw new DataError(this.file, 'the server sent a web page (HTML) instead of data');
    }
    if (this.count === this.target.expected) {
      throw new DataError(this.file, `it has more than the ${this.target.expected} lines expected`);
    }
    this.target.line(line, this.count++);
  }
}
