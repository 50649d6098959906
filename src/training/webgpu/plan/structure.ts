import type { NetworkSpec } from '../../../network/spec';
import { divisionsOf, readLanes, unitLanes, type Division } from './divisions';
import { stageLanes, stagesOf, type Stage } from './stages';

/** What of a network's layers a plan is compiled for besides their widths, by layer from inputs to outputs; models of a group share it. */
export interface Structure {
  /** How layers are divided into paths, null where they are not. */
  divisions: readonly (Division | null)[];
  /** Convolutions, null where a layer is none. */
  stages: readonly (Stage | null)[];
  /** Whether the layer's activations are normalised, image by image. */
  normalised: readonly boolean[];
}

/** Throws where more layers add or multiply paths than there is room for. */
export function structureOf(spec: NetworkSpec): Structure {
  return {
    divisions: divisionsOf(spec),
    stages: stagesOf(spec),
    normalised: [false, ...spec.hidden.map(({ normalise }) => normalise === true), false],
  };
}

/** vec4s of a layer whose units lie where they lie for good; null where its width may change. */
export function fixedVectors({ divisions, stages }: Structure, layer: number): number | null {
  return divisions.at(layer)?.vectors ?? stages.at(layer)?.vectors ?? null;
}

/** Where each of a layer's `count` units lies in a row of activations, in floats. */
export function lanesOfUnits({ divisions, stages }: Structure, layer: number, count: number): Int32Array {
  const stage = stages[layer];
  return stage ? stageLanes(stage) : unitLanes(divisions[layer], count);
}

/** Where each of the `count` values the layer above reads lies, in floats. */
export function lanesRead({ divisions, stages }: Structure, layer: number, count: number): Int32Array {
  const stage = stages[layer];
  return stage ? stageLanes(stage) : readLanes(divisions[layer], count);
}
