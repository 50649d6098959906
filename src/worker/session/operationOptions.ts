import type { DataSource } from '../../data/source';
import type { Configuration } from '../../configuration/schema';
import { gatherImages } from '../../data/gather';
import { FIRST_POOL } from '../../data/sampler';
import { activeLabels, outputOf } from '../../data/tasks';
import type { Operation, OperationOptions, ProbeInputs } from '../../topology/types';
import type { TrainingRun } from './run';

/** Training images that criteria and the expectation of ψ look at. */
const TRAINING_PROBE = 512;

/**
 * The first training images of the classes and tasks being learnt, with the output each is to answer with as its label.
 * Never test images: a criterion that saw their labels would spoil what they are there to measure. They come from the first pool of the sampler, which is there before the first step is taken, so that a
 * decision does not depend on the speed of a download; before that step it is what has arrived.
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

/** A seed for what an operation draws at a step: the same in every run of the configuration, another at every step. */
export function operationSeed({ seed }: Configuration, step: number): number {
  return seed * 1_000_003 + step;
}

/** How operations on a run treat the optimiser, and what they may look at (gathered when asked for). */
export function operationOptions({ configuration, source, main }: TrainingRun): OperationOptions {
  const { transport, warmUp } = configuration;
  let probe: ProbeInputs | null = null;
  return {
    transport,
    warmUp,
    get probe() {
      return (probe ??= trainingProbe(source, configuration, main.blocks));
    },
  };
}

/** An operation with what it leaves open taken from the configuration. */
export function completeOperation(operation: Operation, { configuration, main }: TrainingRun): Operation {
  const { criterion, outgoing } = configuration;
  if (operation.kind === 'remove')
    return { criterion, seed: operationSeed(configuration, main.step), ...operation };
  if (operation.kind === 'grow') return { outgoing, ...operation };
  return operation;
}
