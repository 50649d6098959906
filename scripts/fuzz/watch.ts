/** What one case cost. */
export interface Cost {
  /** Of this process' own time, whatever else the machine does. */
  cpuSeconds: number;
  /** Bytes of typed arrays asked for, whether or not they were let go since. */
  allocated: number;
}

const ARRAYS = ['Uint8Array', 'Uint16Array', 'Uint32Array', 'Float32Array', 'Float64Array'] as const;

/** Does something and says what it cost: typed arrays made by their length are counted as they are asked for. */
export async function watched<T>(act: () => T | Promise<T>): Promise<{ result: T; cost: Cost }> {
  let allocated = 0;
  const originals = ARRAYS.map((name) => [name, globalThis[name]] as const);
  for (const [name, original] of originals) {
    const counting: unknown = new Proxy(original, {
      construct(target, args: unknown[]) {
        const [first] = args;
        if (typeof first === 'number') allocated += first * target.BYTES_PER_ELEMENT;
        return Reflect.construct(target, args) as object;
      },
    });
    Object.assign(globalThis, { [name]: counting });
  }
  const before = process.cpuUsage();
  try {
    const result = await act();
    const { user, system } = process.cpuUsage(before);
    return { result, cost: { cpuSeconds: (user + system) / 1e6, allocated } };
  } finally {
    for (const [name, original] of originals) Object.assign(globalThis, { [name]: original });
  }
}

/** Longest a case may take. */
const MOST_SECONDS = 2;
/** Memory a case may ask for: what any reader needs, and so many times what it was given (deflate holds 1,032 bytes in one). */
const BASE = 64 * 2 ** 20;
const PER_BYTE = 4 * 1032;

/** What is wrong with what a case cost; null where nothing is. `timed`: whether time counts. */
export function tooMuch({ cpuSeconds, allocated }: Cost, given: number, timed: boolean): string | null {
  const most = Math.min(BASE + PER_BYTE * given, 4 * 512 * 2 ** 20);
  if (allocated > most)
    return `it asked for ${allocated} bytes of memory, given ${given}: ${most} is the most`;
  return timed && cpuSeconds > MOST_SECONDS ? `it took ${cpuSeconds.toFixed(1)} s of processor time` : null;
}
