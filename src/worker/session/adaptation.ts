import { hasIsotropic } from '../../network/architectures/registry';
import { adaptNetwork, type LayerDecision, layersPastCooldown } from '../../topology/adaptation/adapt';
import { type AdaptDecision, MAX_DECISION_SIGMAS } from '../protocol';
import { operationOptions, operationSeed } from './operationOptions';
import type { Reporter } from './reporter';
import type { TrainingRun } from './run';
import type { PostEvent } from './session';

/** Steps from one round of decisions to the next. */
function roundSteps(run: TrainingRun): number {
  return run.configuration.adaptEvery || run.stepsPerEpoch;
}

/**
 * Steps until the next round of automatic adaptation; Infinity while it is off or the network's units stand alone. Rounds
 * are at given steps, not at ends of slices, so that a run is the same on a slow machine and a fast one.
 */
export function stepsUntilAdaptation(run: TrainingRun): number {
  if (!run.configuration.adapt || !hasIsotropic(run.configuration)) return Infinity;
  const every = roundSteps(run);
  return every - (run.main.step % every);
}

/**
 * One round: each rested layer, from the output to the input, grows or loses units until `scaffold` of its σ are at or below θ
 * (topology/adapt.ts). Twins keep their widths. A decision leaves an `adapt` pin and is told with the σ that caused it.
 */
export async function runAdaptationRound(
  run: TrainingRun,
  post: PostEvent,
  reporter: Reporter,
): Promise<void> {
  const { configuration: c, main, lastChange } = run;
  const state = await main.model.exportState();
  const layers = layersPastCooldown(
    state.network.spec,
    c.adaptLayers,
    main.step,
    c.adaptCooldown,
    lastChange,
  );
  const { scaffold, theta, adaptCap: cap, criterion, outgoing } = c;
  const seed = operationSeed(c, main.step);
  const rule = { scaffold, theta, cap, layers, criterion, outgoing, seed };
  const { state: next, decisions } = adaptNetwork(state, rule, operationOptions(run));
  const changes = decisions.filter(({ change }) => change !== 0);
  if (changes.length === 0) return;
  main.model.importState(next);
  await main.model.ready?.();
  for (const { layer } of changes) lastChange.set(layer, main.step);
  const told = asTold(
    run,
    state.network.spec.hidden.map(({ width }) => width),
    changes,
  );
  post({ type: 'pin', pin: run.pins.decided(told, roundSteps(run)) });
  post({ type: 'adapted', decisions: told });
  await reporter.widths(run);
}

/** Decisions as they are told, each with the widths after it. */
function asTold(run: TrainingRun, widths: number[], changes: readonly LayerDecision[]): AdaptDecision[] {
  const { scaffold, theta } = run.configuration;
  const now = [...widths];
  return changes.map(({ layer, change, widthAfter, count, sigmas }) => {
    now[layer] = widthAfter;
    const ascending = [...sigmas].reverse().slice(0, MAX_DECISION_SIGMAS);
    const { step } = run.main;
    return { step, layer, change, widths: [...now], small: count, scaffold, theta, sigmas: ascending };
  });
}
