import type { NetworkSpec } from '../../../network/spec';
import type { DataBuffers } from './dataset';
import { largestBuffer, layoutOf, type Capacity } from '../plan/layout';
import { Shard, STATE } from './shard';
import { moveModel } from './transfer';

/** Models in one shard at most: what the uniform tables hold. */
const MAX_MODELS = 64;

/** A model's shard, and its number there. */
export interface Place {
  shard: Shard;
  local: number;
}

/** Where model `model` is. */
export function placeOf(shards: readonly Shard[], model: number): Place {
  let local = model;
  for (const shard of shards) {
    const { models } = shard.layout.capacity;
    if (local < models) return { shard, local };
    local -= models;
  }
  throw new Error(`There is no model ${model} here.`);
}

/**
 * Cuts `count` models into shards no buffer of which is larger than the device binds, and gives the function that makes them.
 * Throws where not even one model fits.
 */
export function planShards(
  device: GPUDevice,
  count: number,
  shape: Omit<Capacity, 'models'>,
): (data: DataBuffers) => Shard[] {
  const limit = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  const bytes = (models: number): number => largestBuffer(layoutOf({ ...shape, models }));
  let most = Math.min(MAX_MODELS, count);
  while (most > 1 && bytes(most) > limit) most--;
  const megabytes = (value: number): number => Math.ceil(value / 2 ** 20);
  if (bytes(most) > limit)
    throw new Error(
      `A network of ${shape.sizes.join('-')} needs ${megabytes(bytes(most))} MB in one piece, this graphics device has ${megabytes(limit)} MB.`,
    );
  return (data) => {
    const shards: Shard[] = [];
    for (let left = count; left > 0; left -= most)
      shards.push(new Shard(device, { ...shape, models: Math.min(most, left) }, data));
    return shards;
  };
}

/** Copies models from one set of shards to another on the GPU; null leaves a model out. */
export function moveModels(
  device: GPUDevice,
  specs: readonly (NetworkSpec | null)[],
  from: readonly Shard[],
  to: readonly Shard[],
): void {
  const encoder = device.createCommandEncoder();
  specs.forEach((spec, m) => {
    if (!spec) return;
    const [before, after] = [placeOf(from, m), placeOf(to, m)];
    for (const name of STATE)
      moveModel(
        encoder,
        spec,
        { layout: before.shard.layout, buffer: before.shard.buffer(name), model: before.local },
        { layout: after.shard.layout, buffer: after.shard.buffer(name), model: after.local },
      );
  });
  device.queue.submit([encoder.finish()]);
}
