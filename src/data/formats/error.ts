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
 * A consumer of bytes in order; `finish` is called once after the last chunk and throws where something is missing. A sink that
 * becomes `satisfied` needs neither further chunks nor `finish`.
 */
export interface ByteSink {
  readonly satisfied?: boolean;
  push(bytes: Uint8Array): void;
  finish(): void;
}
