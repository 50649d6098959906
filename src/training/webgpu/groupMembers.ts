import { checkPaths, samePaths } from '../../network/merge';
import { cloneSpec, layerWidths, type TrainingState } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { planStructure, withAllActivations, type PlanStructure } from './plan/planStructure';

/** What is known of a model outside the GPU. */
export interface GroupMember {
  spec: NetworkSpec;
  /** Optimiser steps taken. */
  step: number;
  /** Whether there is a second moment, as Adam has it. */
  adaptive: boolean;
}

/**
 * For each layer the largest width among the models of a group. Throws where their depths, inputs, outputs or blocks
 * differ.
 */
export function widestLayers(members: readonly GroupMember[]): number[] {
  const all = members.map(({ spec }) => layerWidths(spec));
  const [first] = all;
  const odd = all.find((n) => n.length !== first.length || n[0] !== first[0] || n.at(-1) !== first.at(-1));
  if (odd)
    throw new Error(
      `Models of a group share depth, inputs and outputs: ${first.join('-')} and ${odd.join('-')}.`,
    );
  const blocks = new Set(members.map(({ spec }) => spec.blocks?.join()));
  if (blocks.size > 1) throw new Error('Models of a group have the same blocks of tasks.');
  return first.map((_, l) => Math.max(...all.map((n) => n[l])));
}

/**
 * What the models of a group have in common besides widths, and the activations they have. Throws where their paths,
 * convolutions or normalisation differ.
 */
export function sharedStructure(members: readonly GroupMember[]): PlanStructure {
  const [first, ...others] = members.map(({ spec }) => spec);
  if (
    others.some(({ hidden }) =>
      hidden.some((layer, l) => l < first.hidden.length && !samePaths(layer, first.hidden[l])),
    )
  )
    throw new Error('Models of a group share their parallel paths: widths, activations and merges.');
  const structure = planStructure(first);
  const rest = others.map(planStructure);
  for (const { stages, normalised } of rest) {
    if (JSON.stringify(stages) !== JSON.stringify(structure.stages))
      throw new Error('Models of a group share their convolutions: sizes, channels and activations.');
    if (normalised.join() !== structure.normalised.join())
      throw new Error('Models of a group normalise the same layers.');
  }
  return withAllActivations([structure, ...rest]);
}

/** What is kept of a state outside the GPU. Throws where its paths or convolutions do not fit together. */
export function groupMember({ network: { spec }, optimiser: { step, second } }: TrainingState): GroupMember {
  checkPaths(spec);
  return { spec: cloneSpec(spec), step, adaptive: second !== null };
}
