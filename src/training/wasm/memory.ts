/** Blocks begin at multiples of this, a line of the processor's cache. */
const LINE = 64;
const PAGE = 65536;
/** The kernels' own constants lie below. */
const START = PAGE;

const lines = (bytes: number): number => Math.ceil(Math.max(1, bytes) / LINE) * LINE;
const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MB`;

/** What is thrown where linear memory cannot grow; the message is for the visitor. */
export class OutOfMemory extends Error {}

/** Blocks in one linear memory: taken, given back, grown for as they are needed. */
export class LinearMemory {
  /** Free blocks by address, no two of which touch. */
  private free: { at: number; bytes: number }[] = [];
  private readonly taken = new Map<number, number>();
  private end = START;
  private views: { words: Uint32Array; floats: Float32Array; bytes: Uint8Array };

  constructor(
    readonly memory: WebAssembly.Memory,
    private readonly maximumPages: number,
  ) {
    this.views = this.view();
  }

  /** Bytes in blocks that are taken. */
  get used(): number {
    return [...this.taken.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  get words(): Uint32Array {
    return this.current().words;
  }

  get floats(): Float32Array {
    return this.current().floats;
  }

  get bytes(): Uint8Array {
    return this.current().bytes;
  }

  /** Floats from an address on. The view is not to be kept across `allocate`. */
  floatsAt(address: number, count: number): Float32Array {
    return this.floats.subarray(address >> 2, (address >> 2) + count);
  }

  /** The address of a block of zeros. Throws OutOfMemory where there is no room for it. */
  allocate(bytes: number): number {
    const size = lines(bytes);
    const i = this.free.findIndex((block) => block.bytes >= size);
    let at = this.end;
    if (i >= 0) {
      at = this.free[i].at;
      if (this.free[i].bytes === size) this.free.splice(i, 1);
      else this.free[i] = { at: at + size, bytes: this.free[i].bytes - size };
    } else {
      this.growTo(at + size);
      this.end = at + size;
    }
    this.taken.set(at, size);
    this.bytes.fill(0, at, at + size);
    return at;
  }

  release(at: number): void {
    const bytes = this.taken.get(at);
    if (bytes === undefined) throw new Error(`There is no block at ${at}.`);
    this.taken.delete(at);
    const merged: { at: number; bytes: number }[] = [];
    for (const block of [...this.free, { at, bytes }].sort((a, b) => a.at - b.at)) {
      const last = merged.at(-1);
      if (last && last.at + last.bytes === block.at) last.bytes += block.bytes;
      else merged.push({ ...block });
    }
    const last = merged.at(-1);
    if (last && last.at + last.bytes === this.end) {
      this.end = last.at;
      merged.pop();
    }
    this.free = merged;
  }

  private growTo(end: number): void {
    const have = this.memory.buffer.byteLength;
    if (end <= have) return;
    const fail = (): never => {
      throw new OutOfMemory(
        `This network needs ${megabytes(end - have)} more memory than the WebAssembly engine can have here (it holds ${megabytes(have)}). Make it or its batch smaller, or train fewer networks at once.`,
      );
    };
    const pages = Math.ceil((end - have) / PAGE);
    if (have / PAGE + pages > this.maximumPages) fail();
    try {
      this.memory.grow(pages);
    } catch {
      fail();
    }
  }

  private current() {
    if (this.views.bytes.buffer !== this.memory.buffer) this.views = this.view();
    return this.views;
  }

  private view() {
    const { buffer } = this.memory;
    return {
      words: new Uint32Array(buffer),
      floats: new Float32Array(buffer),
      bytes: new Uint8Array(buffer),
    };
  }
}
