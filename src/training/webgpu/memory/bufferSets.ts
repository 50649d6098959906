import type { NetworkSpec } from '../../../network/spec';
import type { DataBuffers } from './dataset';
import { largestBuffer, bufferLayout, type PlanCapacity } from '../plan/bufferLayout';
import { BufferSet, STATE_BUFFERS } from './bufferSet';
import { moveModel } from './transfer';

/** Models in one shard at most: what the uniform tables hold. */
const MAX_MODELS = 64;

/** Which shard (a BufferSet, one of those a large group is cut into) holds a model, and the model's number there. */
export interface ModelSlot {
  shard: BufferSet;
  local: number;
}

/** Where model `model` is. */
export function modelSlot(shards: readonly BufferSet[], model: number): ModelSlot {
  let local = model;
  for (const shard of shards) {
    const { models } = shard.layout.capacity;
    if (local < models) return { shard, local };
    local -= models;
  }
  throw new Error(`There is no model ${model} here.`);
}

/**
 * Cuts a group of `count` models into shards, sets of buffers none of which is larger than the device can bind, and
 * returns the function that makes them. Throws where not even one model fits.
 */
export function planBufferSets(
  device: GPUDevice,
  count: number,
  shape: Omit<PlanCapacity, 'models'>,
): (data: DataBuffers) => BufferSet[] {
  const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  const bytes = (models: number): number => largestBuffer(bufferLayout({ ...shape, models }));
  let most = Math.min(MAX_MODELS, count);
  while (most > 1 && bytes(most) > limit) most--;
  const megabytes = (value: number): number => Math.ceil(value / 2 ** 20);
  if (bytes(most) > limit)
    throw new Error(
      `A network of ${shape.sizes.join('-')} needs ${megabytes(bytes(most))} MB in one piece, this graphics device has ${megabytes(limit)} MB.`,
    );
  return (data) => {
    const shards: BufferSet[] = [];
    for (let left = count; left > 0; left -= most)
      shards.push(new BufferSet(device, { ...shape, models: Math.min(most, left) }, data));
    return shards;
  };
}

/** Copies models from one set of shards to another on the GPU; null leaves a model out. */
export function moveModels(
  device: GPUDevice,
  specs: readonly (NetworkSpec | null)[],
  from: readonly BufferSet[],
  to: readonly BufferSet[],
): void {
  const encoder = device.createCommandEncoder();
  specs.forEach((spec, m) => {
    if (!spec) return;
    const [before, after] = [modelSlot(from, m), modelSlot(to, m)];
    for (const name of STATE_BUFFERS)
      moveModel(
        encoder,
        spec,
        { layout: before.shard.layout, buffer: before.shard.buffer(name), model: before.local },
        { layout: after.shard.layout, buffer: after.shard.buffer(name), model: after.local },
      );
  });
  device.queue.submit([encoder.finish()]);
}
