import { type ByteSink, DataError } from '../formats/error';

/** The part of `fetch` that loading needs. */
export type FetchFile = (url: URL, init: { signal: AbortSignal }) => Promise<Response>;

export interface StreamOptions {
  fetch: FetchFile;
  signal: AbortSignal;
  /** Called after each chunk with the bytes received so far. */
  received?: (total: number) => void;
}

/**
 * Fetches a file and pushes its bytes into `sink` as they arrive, until its end or until the sink is satisfied. Throws a `DataError` named after `file` on HTTP errors
 * and network failures, the signal's reason on abort, and whatever the sink throws (the download is then cancelled).
 */
export async function streamFile(
  url: URL,
  file: string,
  sink: ByteSink,
  options: StreamOptions,
): Promise<void> {
  const { signal } = options;
  const attempt = async <T>(promise: Promise<T>, problem: string): Promise<T> => {
    try {
      return await promise;
    } catch (cause) {
      signal.throwIfAborted();
      throw new DataError(file, problem, { cause });
    }
  };

  signal.throwIfAborted();
  const response = await attempt(
    options.fetch(url, { signal }),
    'it could not be fetched: the network or the server did not answer',
  );
  if (!response.ok) {
    throw new DataError(
      file,
      `the server answered ${`${response.status} ${response.statusText}`.trim()} instead of sending it`,
    );
  }
  if (!response.body) throw new DataError(file, 'the server sent an empty answer');
  const reader = response.body.getReader();
  let total = 0;
  try {
    for (;;) {
      const { done, value } = await attempt(reader.read(), `the connection broke off after ${total} bytes`);
      signal.throwIfAborted();
      if (done) break;
      total += value.length;
      sink.push(value);
      options.received?.(total);
      if (!sink.satisfied) continue;
      reader.cancel().catch(() => undefined);
      return;
    }
    sink.finish();
  } catch (reason) {
    reader.cancel(reason).catch(() => undefined);
    throw reason;
  }
}
