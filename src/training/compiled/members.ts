import { checkPaths, samePaths } from '../../network/merge';
import { cloneSpec, widths, type TrainingState } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';
import { divisionsOf, type Division } from './divisions';

/** One model as the host knows it. */
export interface Member {
  spec: NetworkSpec;
  /** Optimiser steps taken. */
  step: number;
  /** Adam's second moment exists. */
  adaptive: boolean;
}

/** The widest of each layer of a group. Throws where networks do not fit together. */
export function widest(members: readonly Member[]): number[] {
  const all = members.map(({ spec }) => widths(spec));
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

/** How the layers of all networks of a group are divided. Throws where they differ. */
export function sharedDivisions(members: readonly Member[]): (Division | null)[] {
  const [first, ...others] = members.map(({ spec }) => spec);
  if (
    others.some(({ hidden }) =>
      hidden.some((layer, l) => l < first.hidden.length && !samePaths(layer, first.hidden[l])),
    )
  )
    throw new Error('Models of a group share their parallel paths: widths, activations and merges.');
  return divisionsOf(first);
}

/** What the host keeps of a state. Throws where its paths do not fit together. */
export function memberOf({ network: { spec }, optimiser: { step, second } }: TrainingState): Member {
  checkPaths(spec);
  if (spec.hidden.some(({ convolution }) => convolution))
    throw new Error('The compiled engine has no convolutions yet.');
  if (spec.hidden.some(({ normalise }) => normalise))
    throw new Error('The compiled engine has no normalisation yet.');
  return { spec: cloneSpec(spec), step, adaptive: second !== null };
}
