/** Bytes of GPU buffers made since the start and not destroyed; one destroyed that was made before counts against them. */
export interface ByteCounter {
  bytes: () => number;
  stop: () => void;
}

/**
 * Starts counting, on all devices of this thread. Buffers left to the garbage collector count as alive: nothing should be. Whole in
 * itself, so that it can be sent to a worker as text.
 */
export function countBytes(): ByteCounter {
  const made = GPUDevice.prototype.createBuffer; // eslint-disable-line @typescript-eslint/unbound-method
  const gone = GPUBuffer.prototype.destroy; // eslint-disable-line @typescript-eslint/unbound-method
  const destroyed = new WeakSet<GPUBuffer>();
  let alive = 0;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = made.call(this, descriptor);
    alive += buffer.size;
    return buffer;
  };
  GPUBuffer.prototype.destroy = function () {
    if (!destroyed.has(this)) alive -= this.size;
    destroyed.add(this);
    return gone.call(this);
  };
  return {
    bytes: () => alive,
    stop: () => {
      GPUDevice.prototype.createBuffer = made;
      GPUBuffer.prototype.destroy = gone;
    },
  };
}
