/** Buffers for reading back, kept for the next read of the same size. */
export class ReadbackBuffers {
  private readonly free = new Map<number, GPUBuffer[]>();
  private disposed = false;

  constructor(private readonly device: GPUDevice) {}

  take(bytes: number): GPUBuffer {
    return (
      this.free.get(bytes)?.pop() ??
      this.device.createBuffer({
        label: 'read-back',
        size: bytes,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      })
    );
  }

  /** The first `floats` values of a staging buffer, which goes back to the pool. */
  async read(buffer: GPUBuffer, floats = buffer.size / 4): Promise<Float32Array> {
    await buffer.mapAsync(GPUMapMode.READ, 0, Math.max(4, 4 * floats));
    const values = new Float32Array(buffer.getMappedRange(0, Math.max(4, 4 * floats)), 0, floats).slice();
    buffer.unmap();
    if (this.disposed) {
      buffer.destroy();
      return values;
    }
    const waiting = this.free.get(buffer.size);
    // Sizes that come once (a whole export before a change of width) are not worth keeping.
    if (!waiting) {
      if (this.free.size >= 6) {
        const [oldest, buffers] = this.free.entries().next().value ?? [0, []];
        buffers.forEach((b) => b.destroy());
        this.free.delete(oldest);
      }
      this.free.set(buffer.size, [buffer]);
    } else if (waiting.length < 2) waiting.push(buffer);
    else buffer.destroy();
    return values;
  }

  dispose(): void {
    this.disposed = true;
    for (const buffers of this.free.values()) buffers.forEach((buffer) => buffer.destroy());
    this.free.clear();
  }
}
