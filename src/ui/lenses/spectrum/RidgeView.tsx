import { activationOf } from '../../../activations/lookup';
import { useLab } from '../../../store/lab';
import type { RidgeSample } from '../../../store/series/ridgeSamples';
import type { TableData } from '../../charts/figure/ChartTable';
import { groupedInteger, significant } from '../../../drawing/format';
import { useEmptyText } from '../empty';
import { TWIN_LABEL } from '../LearnLens';
import { TAKEN_UP_SIGMA } from './NowView';
import { RidgeFigure, type RidgePanel } from './RidgeFigure';
import { biasAxis, ridgesOf, sigmaAxis } from './ridges';

type Kind = 'sigma' | 'bias';

/** Every value of every moment drawn: step, network, rank (of σ) or unit (of biases), value. */
function csvOf(kind: Kind, networks: { label: string; moments: RidgeSample[] }[], layer: number): string[] {
  const lines = [`step,network,${kind === 'sigma' ? 'rank' : 'unit'},${kind}`];
  for (const { label, moments } of networks)
    for (const { step, layers } of moments) {
      const values = layers.at(layer)?.[kind] ?? [];
      values.forEach((value: number, k: number) => lines.push(`${step},${label},${k + 1},${value}`));
    }
  return lines.map((line) => `${line}\n`);
}

function tableOf(kind: Kind, moments: RidgeSample[], layer: number): TableData {
  const rows = moments.map(({ step, layers }) => {
    const values = Array.from(layers.at(layer)?.[kind] ?? []).sort((a, b) => b - a);
    const middle = values[values.length >> 1];
    return [
      groupedInteger(step),
      String(values.length),
      ...[values[0], middle, values[values.length - 1]].map((value) => significant(value)),
      kind === 'sigma' ? String(values.filter((value) => value > TAKEN_UP_SIGMA).length) : '',
    ].slice(0, kind === 'sigma' ? 6 : 5);
  });
  return {
    caption: 'Your network, at each moment kept; the CSV has every value, and the twin’s.',
    head: [
      'Step',
      'Units',
      'Largest',
      'Median',
      'Smallest',
      ...(kind === 'sigma' ? [`Above ${TAKEN_UP_SIGMA}`] : []),
    ],
    rows,
  };
}

/** σ and biases of the layer in focus over training, one ridge for each kept moment; the tanh twin beside where there is one. */
export function RidgeView() {
  useLab((state) => state.historyVersion);
  useLab((state) => state.sigma);
  const { moments } = useLab((state) => state.history);
  const layer = useLab((state) => state.ui.focus);
  const pins = useLab((state) => state.pins);
  const twin = useLab((state) => state.twin.kind);
  const activation = useLab(
    (state) => state.snapshots.main?.spec.activation ?? state.configuration.activation,
  );
  const empty = useEmptyText();
  const main = moments.main.all();
  const beside = twin === 'off' ? [] : moments.twin.all();
  const networks = [
    { label: activationOf(activation).name, moments: main },
    ...(beside.length > 0 ? [{ label: TWIN_LABEL[twin], moments: beside }] : []),
  ];
  const everything = networks.flatMap((network) => network.moments);

  const figure = (kind: Kind) => {
    const axis = (kind === 'sigma' ? sigmaAxis : biasAxis)(everything, layer);
    const values = (moment: RidgeSample): ArrayLike<number> => moment.layers.at(layer)?.[kind] ?? [];
    const panels = networks.map((network, p): RidgePanel => ({
      label: network.label,
      colour: p === 0 ? 'var(--sigma)' : 'var(--control)',
      dashed: p > 0,
      ridges: ridgesOf(network.moments, values, axis, p === 0 ? pins : []),
    }));
    const read = (step: number, panel: number): string => {
      const found = networks[panel]?.moments.find((moment) => moment.step === step);
      if (!found) return '';
      const all = Array.from(values(found));
      const far = Math.max(...all.map(Math.abs));
      return kind === 'sigma'
        ? `step ${groupedInteger(step)}: ${all.filter((s) => s > TAKEN_UP_SIGMA).length} of ${all.length} above ${TAKEN_UP_SIGMA}`
        : `step ${groupedInteger(step)}: largest |b| ${significant(far)}`;
    };
    return { axis, panels, read };
  };
  const where = `layer ${layer + 1}`;
  return (
    <>
      <RidgeFigure
        name="ridges-sigma"
        title={`σ of ${where} over training`}
        about="log axis · each ridge a moment, the lowest is now · height: √ of the number of σ · dashed: σ = 1"
        mark={1}
        {...figure('sigma')}
        table={() => tableOf('sigma', main, layer)}
        csv={() => csvOf('sigma', networks, layer)}
        empty={empty}
      />
      <RidgeFigure
        name="ridges-bias"
        title={`Biases of ${where} over training`}
        about="in the basis as it was · linear axis, symmetric about 0 (dashed) · height: √ of the number"
        mark={0}
        {...figure('bias')}
        table={() => tableOf('bias', main, layer)}
        csv={() => csvOf('bias', networks, layer)}
        empty={empty}
      />
    </>
  );
}
