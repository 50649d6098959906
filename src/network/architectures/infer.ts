import type { KineticId, RegulationId } from '../settings';
import { convolutionStages } from '../convolution';
import { mergeNumbers, mergeRule } from '../merge';
import type { NetworkSpec } from '../spec';
import type { SpecConfiguration, DataShape } from './architecture';
import { REGULATIONS } from './bimodal';
import { KINETICS } from './lagrangian';
import { specOf } from './registry';

/** A text that is equal for two specs exactly where they differ at most in their modes of o and ψ. */
function madeOf({ inputs, outputs, activation, hidden }: NetworkSpec): string {
  // Where no layer has the network's activation, it decides nothing.
  const has = hidden.some(({ paths, convolution }) => !paths && !convolution);
  const layers = hidden.map((layer) => {
    const { width, paths, convolution: c, normalise = false } = layer;
    const stage = c && [c.inChannels, c.inHeight, c.inWidth, c.channels, c.activation];
    const merge = paths && [mergeRule(layer).kind, ...mergeNumbers(mergeRule(layer))];
    return [width, paths?.map((path) => [path.width, path.activation, path.from]), merge, stage, normalise];
  });
  return JSON.stringify([inputs, outputs, has && activation, layers]);
}

function regulationOf({ hidden }: NetworkSpec): RegulationId | undefined {
  const last = JSON.stringify(mergeRule(hidden[hidden.length - 1]));
  return REGULATIONS.find(({ merge }) => JSON.stringify(merge) === last)?.id;
}

/**
 * Glia ratios that lead to these widths: the likely one first, then round ones, then the quotients of the widths
 * themselves.
 */
function* ratios(spec: NetworkSpec, likely: number): Generator<number> {
  yield likely;
  for (let k = 1; k <= 60; k++) yield k / 20;
  for (const { paths } of spec.hidden) if (paths?.length === 2) yield paths[1].width / paths[0].width;
}

/** Configurations that may describe a spec. The caller checks which of them do. */
function* guesses(spec: NetworkSpec, present: SpecConfiguration): Generator<Partial<SpecConfiguration>> {
  const { hidden } = spec;
  const stages = convolutionStages(spec);
  const [first] = hidden;
  const widths = hidden.map(({ width, paths }) => paths?.[0].width ?? width);
  if (stages.length > 0)
    yield {
      architecture: 'cnn',
      channels: stages.map(({ channels }) => channels),
      hidden: widths.slice(stages.length),
    };
  else if (first.paths?.length === 3) {
    const kinetic: KineticId | undefined = KINETICS.find(({ id }) => id === first.paths?.[0].activation)?.id;
    const mu = mergeNumbers(mergeRule(first)).at(2);
    if (kinetic && mu !== undefined) yield { architecture: 'lagrangian', kinetic, mu, hidden: widths };
  } else if (first.paths) {
    const regulation = regulationOf(spec);
    if (regulation)
      for (const gliaRatio of ratios(spec, present.gliaRatio))
        yield { architecture: 'bimodal', hidden: widths, regulation, gliaRatio };
  } else yield { architecture: 'mlp', hidden: widths };
}

/**
 * The fields of a configuration that describe this very network, but for its modes of o and ψ; null where no architecture does. Where
 * several do, what `present` says is kept.
 */
export function inferConfiguration(
  spec: NetworkSpec,
  present: SpecConfiguration,
  planes: DataShape['planes'],
): Partial<SpecConfiguration> | null {
  const { inputs, outputs, activation } = spec;
  const normalise = spec.hidden.some((layer) => layer.normalise);
  for (const guess of guesses(spec, present)) {
    const fields = { ...guess, activation, normalise };
    if (fields.hidden?.length === 0) continue;
    try {
      const made = specOf({ ...present, ...fields }, { inputs, outputs, planes });
      if (madeOf(made) === madeOf(spec)) return fields;
    } catch {
      // Planes that are none, or pooled once too often: not of this architecture on these data.
    }
  }
  return null;
}
