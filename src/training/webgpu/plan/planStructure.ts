import type { NetworkSpec } from '../../../network/spec';
import { pathDivisions, dividedReadLanes, dividedUnitLanes, type PathDivision } from './pathDivisions';
import { stageLanes, plannedStages, type ConvolutionStage } from './convolutionStages';

/** What of a network's layers a plan is compiled for besides their widths, by layer from inputs to outputs; models of a group share it. */
export interface PlanStructure {
  /** How layers are divided into paths, null where they are not. */
  divisions: readonly (PathDivision | null)[];
  /** Convolutions, null where a layer is none. */
  stages: readonly (ConvolutionStage | null)[];
  /** Whether the layer's activations are normalised, image by image. */
  normalised: readonly boolean[];
}

/** Throws where more layers add or multiply paths than there is room for. */
export function planStructure(spec: NetworkSpec): PlanStructure {
  return {
    divisions: pathDivisions(spec),
    stages: plannedStages(spec),
    normalised: [false, ...spec.hidden.map(({ normalise }) => normalise === true), false],
  };
}

/** vec4s of a layer whose units lie where they lie for good; null where its width may change. */
export function fixedVectors({ divisions, stages }: PlanStructure, layer: number): number | null {
  return divisions.at(layer)?.vectors ?? stages.at(layer)?.vectors ?? null;
}

/** Where each of a layer's `count` units lies in a row of activations, in floats. */
export function layerUnitLanes(
  { divisions, stages }: PlanStructure,
  layer: number,
  count: number,
): Int32Array {
  const stage = stages[layer];
  return stage ? stageLanes(stage) : dividedUnitLanes(divisions[layer], count);
}

/** Where each of the `count` values the layer above reads lies, in floats. */
export function layerReadLanes(
  { divisions, stages }: PlanStructure,
  layer: number,
  count: number,
): Int32Array {
  const stage = stages[layer];
  return stage ? stageLanes(stage) : dividedReadLanes(divisions[layer], count);
}
