import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { gatherImages } from '../data/gather';
import { FIRST_POOL } from '../data/sampler';
import { activeLabels, classesPerTask, outputOf } from '../data/tasks';
import type { ProbeInputs } from '../topology/types';

/** Training images that structural operations may look at: criteria of removal, and the expectation of ψ. */
const TRAINING_PROBE = 512;
/** Test images that invariance reports and analyses look at, in float64. */
const TEST_PROBE = 512;

/**
 * The first training images of the classes and tasks being learnt, standardised, each with the output it is to be answered with as its
 * label: [n, inputs] and [n]. Never test images, since a criterion that saw their labels would spoil what they are there to measure.
 * They come from the first pool of the sampler. It is loaded before the first step is taken, so that what an operation decides does not
 * depend on the speed of a download; before that step, they are what has arrived.
 */
export function trainingProbe(
  source: DataSource,
  configuration: Configuration,
  blocks: readonly number[] | undefined,
): ProbeInputs {
  const { train } = source;
  const active = activeLabels(configuration, source);
  const pool = Math.min(FIRST_POOL, train.ready);
  const chosen: number[] = [];
  for (let i = 0; i < pool && chosen.length < TRAINING_PROBE; i++)
    if (!active || active[train.labels[i]]) chosen.push(i);
  const n = chosen.length;
  const x = new Float32Array(n * source.size * (blocks?.length ?? 1));
  gatherImages(source, train, Uint32Array.from(chosen), 0, n, x, null, blocks);
  const labels = Uint8Array.from(chosen, (i) => outputOf(source, blocks, train.labels[i]));
  return { x, labels, n };
}

/**
 * The first test images, standardised, each with the output it is to be answered with as its label; of a network with blocks those
 * images whose task has one.
 */
export function testProbe(
  source: DataSource,
  blocks?: readonly number[],
): { x: Float32Array; labels: Uint8Array; n: number } {
  const { test } = source;
  const indices = Uint32Array.from(
    [...test.labels.subarray(0, Math.min(TEST_PROBE, test.ready)).keys()].filter(
      (i) => outputOf(source, blocks, test.labels[i]) >= 0,
    ),
  );
  const n = indices.length;
  const x = new Float32Array(n * source.size * (blocks?.length ?? 1));
  gatherImages(source, test, indices, 0, n, x, null, blocks);
  return { x, labels: Uint8Array.from(indices, (i) => outputOf(source, blocks, test.labels[i])), n };
}

/**
 * The value of each input of a network where the pixel behind it is 0, [inputs]: an image that is black all over, standardised; of a
 * network with blocks, each block as the images of its own task are.
 */
export function blackInputs(source: DataSource, blocks?: readonly number[]): Float32Array {
  const images = new Uint8Array(source.size);
  const out = new Float32Array(source.size * (blocks?.length ?? 1));
  (blocks ?? [0]).forEach((task, block) => {
    const labels = Uint8Array.of(task * classesPerTask(source));
    const own = new Float32Array(source.size);
    const split = { images, labels, ready: 1, total: 1 };
    gatherImages(source, split, Uint32Array.of(0), 0, 1, own, null, blocks && [task]);
    out.set(own, block * source.size);
  });
  return out;
}
