/** Calls `count` at each dispatch that goes to a graphics card from now on in this thread; does nothing where there is no WebGPU. */
export function countDispatches(count: () => void): void {
  if (!('GPUComputePassEncoder' in globalThis)) return;
  // Bound anew on each call below, so the method is only passed on.
  const { dispatchWorkgroups } = GPUComputePassEncoder.prototype; // eslint-disable-line @typescript-eslint/unbound-method
  GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...size) {
    count();
    dispatchWorkgroups.apply(this, size);
  };
}
