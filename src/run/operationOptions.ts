import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import type { Operation, OperationOptions, ProbeInputs } from '../topology/types';
import { trainingProbe } from './probes';

/** A seed for what an operation draws at a step: the same in every run of the configuration, and another at every step. */
export function operationSeed({ seed }: Pick<Configuration, 'seed'>, step: number): number {
  return seed * 1_000_003 + step;
}

/** How operations treat the optimiser under a configuration, and which images they may look at (gathered only if asked for). */
export function operationOptions(
  configuration: Configuration,
  source: DataSource,
  blocks: readonly number[] | undefined,
): OperationOptions {
  const { transport, warmUp } = configuration;
  let probe: ProbeInputs | null = null;
  return {
    transport,
    warmUp,
    get probe() {
      return (probe ??= trainingProbe(source, configuration, blocks));
    },
  };
}

/** An operation at a step, with what it leaves open taken from the configuration. */
export function completeOperation(
  operation: Operation,
  configuration: Configuration,
  step: number,
): Operation {
  const { criterion, outgoing } = configuration;
  if (operation.kind === 'remove')
    return { criterion, seed: operationSeed(configuration, step), ...operation };
  if (operation.kind === 'grow') return { outgoing, ...operation };
  return operation;
}
