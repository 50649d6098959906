import { energyMeasure } from '../../energy/measures';
import type { DataSource } from '../../data/source';
import type { Observation } from '../engine';
import { observedBlocks } from './kernels/observe';
import type { BufferLayout } from './plan/bufferLayout';
import type { GroupMember } from './groupMembers';
import type { BufferSet } from './memory/bufferSet';
import type { ReadbackBuffers } from './memory/readbackBuffers';
import { layerUnitLanes } from './plan/planStructure';
import { observationSettings, writeModelRow, type EnergyDefinition } from './plan/modelTable';

/** Images in one forward pass at most. */
const CHUNK = 512;

/** What is observed: the networks of a group and where they lie, on these data. */
interface ObservedGroup {
  readonly device: GPUDevice;
  readonly data: DataSource;
  readonly members: readonly GroupMember[];
  readonly shards: readonly BufferSet[];
  readonly staging: ReadbackBuffers;
}

interface Chunk {
  at: number;
  size: number;
}

function empty({ spec }: GroupMember, n: number): Observation {
  return {
    n,
    logits: new Float32Array(n * spec.outputs),
    squaredNorms: spec.hidden.map(() => new Float32Array(n)),
    unitMeanSquare: spec.hidden.map(({ width }) => new Float32Array(width)),
    layerEnergy: new Float32Array(spec.hidden.length),
    energy: 0,
  };
}

/** Bytes that are read back after one pass: the logits of all models, then what was observed. */
function passBytes({ layout, seenBytes }: BufferSet): number {
  const logits = layout.activations[layout.vectors.length - 1];
  return layout.capacity.models * 16 * logits.perModel + seenBytes;
}

/**
 * Passes all models of a group over part of a split and returns what was observed. Training state is not touched:
 * activations are overwritten by every pass anyway.
 */
export async function observeGroup(
  group: ObservedGroup,
  split: 'train' | 'test',
  from: number,
  count: number,
  measured: EnergyDefinition,
): Promise<Observation[]> {
  const { data, members } = group;
  const n = Math.max(0, Math.min(count, data[split].ready - from));
  const found = members.map((member) => empty(member, n));
  const step = Math.min(CHUNK, group.shards[0].layout.capacity.rows);
  const chunks: Chunk[] = [];
  for (let at = 0; at < n; at += step) chunks.push({ at, size: Math.min(step, n - at) });
  const reads: { shard: BufferSet; firstModel: number; values: Promise<Float32Array> }[] = [];
  let firstModel = 0;
  for (const shard of chunks.length > 0 ? group.shards : []) {
    reads.push({
      shard,
      firstModel,
      values: observeShard(group, shard, firstModel, split, from, chunks, measured),
    });
    firstModel += shard.layout.capacity.models;
  }
  for (const { shard, firstModel: first, values } of reads) {
    const read = await values;
    chunks.forEach((chunk, c) =>
      place(shard, members, first, measured, chunk, read.subarray((c * passBytes(shard)) / 4), found),
    );
  }
  for (const observation of found)
    observation.energy = energyMeasure(measured.measure).combine(observation.layerEnergy);
  return found;
}

/** Encodes and submits all chunks of one shard; the values are those of one chunk after the other. */
function observeShard(
  { device, data, members, staging }: ObservedGroup,
  shard: BufferSet,
  firstModel: number,
  split: 'train' | 'test',
  from: number,
  chunks: readonly Chunk[],
  measured: EnergyDefinition,
): Promise<Float32Array> {
  const { layout, tableBytes } = shard;
  const { models, ownBatches } = layout.capacity;
  const last = layout.vectors.length - 1;
  const logits = layout.activations[last];
  // Tables and indices differ by chunk, so they wait in a buffer of their own and are copied in between passes.
  const streams = ownBatches ? models : 1;
  const total = chunks.reduce((sum, { size }) => sum + size, 0);
  const source = device.createBuffer({
    label: 'passes to come',
    size: chunks.length * tableBytes + 4 * total * streams,
    usage: GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  const to = staging.take(chunks.length * passBytes(shard));
  const encoder = device.createCommandEncoder();
  let next = chunks.length * tableBytes;
  chunks.forEach(({ at, size }, c) => {
    const table = new ArrayBuffer(tableBytes);
    for (let m = 0; m < models; m++)
      writeModelRow(table, m, members[firstModel + m].spec, observationSettings(measured), {
        images: size,
        ring: 0,
        byteScale: data.byteScale,
        clip: data.clip,
      });
    device.queue.writeBuffer(source, c * tableBytes, table);
    const indices = Uint32Array.from({ length: streams * size }, (_, i) => from + at + (i % size));
    device.queue.writeBuffer(source, next, indices);
    encoder.copyBufferToBuffer(source, c * tableBytes, shard.observationModels, 0, tableBytes);
    encoder.copyBufferToBuffer(source, next, shard.observationIndices, 0, indices.byteLength);
    next += indices.byteLength;
    const pass = encoder.beginComputePass();
    shard.encodeObservation(pass, split, size);
    pass.end();
    const out = c * passBytes(shard);
    const buffer = shard.buffer(logits.buffer === 0 ? 'activations0' : 'activations1');
    for (let m = 0; m < models; m++)
      encoder.copyBufferToBuffer(
        buffer,
        16 * (logits.offset + m * logits.perModel),
        to,
        out + 16 * m * logits.perModel,
        16 * size * logits.stride,
      );
    encoder.copyBufferToBuffer(
      shard.buffer('seen'),
      0,
      to,
      out + 16 * models * logits.perModel,
      shard.seenBytes,
    );
  });
  device.queue.submit([encoder.finish()]);
  source.destroy();
  return staging.read(to);
}

/** Puts one chunk of one shard where it belongs; sums become means over all images. */
function place(
  { layout }: BufferSet,
  members: readonly GroupMember[],
  firstModel: number,
  measured: EnergyDefinition,
  { at, size }: Chunk,
  values: Float32Array,
  found: Observation[],
): void {
  const { models } = layout.capacity;
  const logits = layout.activations[layout.vectors.length - 1];
  const seen = values.subarray(4 * models * logits.perModel);
  for (let m = 0; m < models; m++) {
    const into = found[firstModel + m];
    const { spec } = members[firstModel + m];
    for (let b = 0; b < size; b++) {
      const row = 4 * (m * logits.perModel + b * logits.stride);
      into.logits.set(values.subarray(row, row + spec.outputs), (at + b) * spec.outputs);
    }
    spec.hidden.forEach(({ width }, l) =>
      placeLayer(layout, l, m, seen, into, { at, size }, width, measured),
    );
  }
}

function placeLayer(
  layout: BufferLayout,
  l: number,
  m: number,
  seen: Float32Array,
  into: Observation,
  { at, size }: Chunk,
  width: number,
  { measure }: EnergyDefinition,
): void {
  const { offset, perModel } = observedBlocks(layout).blocks[l];
  const from = 4 * (offset + m * perModel);
  const stride = 4 * layout.vectors[l + 1];
  layerUnitLanes(layout, l + 1, width).forEach(
    (lane, j) => (into.unitMeanSquare[l][j] += seen[from + lane] / into.n),
  );
  const byImage = from + 2 * stride;
  let energy = 0;
  if (measure === 'hoyer-square') {
    const hoyer = byImage + layout.capacity.rows;
    for (let b = 0; b < size; b++) energy += seen[hoyer + b];
  } else for (let j = 0; j < stride; j += 4) energy += seen[from + stride + j];
  into.layerEnergy[l] += energy / (into.n * (measure === 'mean-square' ? width : 1));
  into.squaredNorms[l].set(seen.subarray(byImage, byImage + size), at);
}
