/** What is wrong with a data file, in words for the visitor: the message is "file: problem". */
export class DataError extends Error {
  constructor(
    readonly file: string,
    readonly problem: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${problem}`, options);
    this.name = 'DataError';
  }
}

/**
 * Something that takes the bytes of a file in order. `finish` is called once after the last bytes and throws where some
 * are missing. Once it is `satisfied`, it needs neither more bytes nor `finish`.
 */
export interface ByteSink {
  readonly satisfied?: boolean;
  push(bytes: Uint8Array): void;
  finish(): void;
}
