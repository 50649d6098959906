import { ACTIVATION_IDS, type ActivationId } from '../../../activations/lookup';
import type { NetworkSpec } from '../../../network/spec';
import { pathDivisions, dividedReadLanes, dividedUnitLanes, type PathDivision } from './pathDivisions';
import { stageLanes, plannedStages, type ConvolutionStage } from './convolutionStages';

/** What of a network's layers a plan is compiled for besides their widths, by layer from inputs to outputs. Models of a group share it. */
export interface PlanStructure {
  /** How layers are divided into paths, null where they are not. */
  divisions: readonly (PathDivision | null)[];
  /** Convolutions, null where a layer is none. */
  stages: readonly (ConvolutionStage | null)[];
  /** Whether the layer's activations are normalised, image by image. */
  normalised: readonly boolean[];
  /** The activations that models have on the layer, in the order of the registry; none where it has paths, is a convolution or is no hidden layer. */
  activationIds: readonly (readonly ActivationId[])[];
}

/** What all networks have that are plain: neither paths nor convolutions nor normalisation, and any activation. */
export function plainStructure(layers: number): PlanStructure {
  const each = <T>(value: T): T[] => Array.from({ length: layers }, () => value);
  return {
    divisions: each(null),
    stages: each(null),
    normalised: each(false),
    activationIds: each(ACTIVATION_IDS).map((ids, l) => (l > 0 && l < layers - 1 ? ids : [])),
  };
}

/** The structure of one network. Throws where more layers add or multiply paths than there is room for. */
export function planStructure(spec: NetworkSpec): PlanStructure {
  return {
    divisions: pathDivisions(spec),
    stages: plannedStages(spec),
    normalised: [false, ...spec.hidden.map(({ normalise }) => normalise === true), false],
    activationIds: [
      [],
      ...spec.hidden.map(({ paths, convolution }) => (paths || convolution ? [] : [spec.activation])),
      [],
    ],
  };
}

/** The structure of networks that differ at most in the activations of plain layers. */
export function withAllActivations(structures: readonly PlanStructure[]): PlanStructure {
  const [first] = structures;
  return {
    ...first,
    activationIds: first.activationIds.map((_, layer) =>
      ACTIVATION_IDS.filter((id) =>
        structures.some(({ activationIds }) => activationIds[layer].includes(id)),
      ),
    ),
  };
}

/**
 * vec4s of a layer with paths or of a convolution, whose width is fixed when the plan is compiled; null where the
 * width may change.
 */
export function fixedVectors({ divisions, stages }: PlanStructure, layer: number): number | null {
  return divisions.at(layer)?.vectors ?? stages.at(layer)?.vectors ?? null;
}

/** For each of a layer's `count` units, its place in a row of memory, in floats. */
export function layerUnitLanes(
  { divisions, stages }: PlanStructure,
  layer: number,
  count: number,
): Int32Array {
  const stage = stages[layer];
  return stage ? stageLanes(stage) : dividedUnitLanes(divisions[layer], count);
}

/** For each of the `count` values that the layer above reads, its place in a row of memory, in floats. */
export function layerReadLanes(
  { divisions, stages }: PlanStructure,
  layer: number,
  count: number,
): Int32Array {
  const stage = stages[layer];
  return stage ? stageLanes(stage) : dividedReadLanes(divisions[layer], count);
}
