import type { LineBundle } from '../../charts/steps/lineChartProps';
import type { SpectrumPoint } from '../../../store/series/history';
import { useLab } from '../../../store/lab';
import { LineChart } from '../../charts/steps/LineChart';
import type { SeriesRows } from '../../charts/steps/decimate';
import { SigmaBars } from '../../charts/SigmaBars';
import { type ChartLine, chartLine } from '../../charts/steps/chartLine';
import { groupedInteger, typedNumber, significant } from '../../../drawing/format';
import { useEmptyText } from '../empty';

/** A direction counts as taken up when its σ stands clear of the orthogonal start, where every σ is 1. */
export const TAKEN_UP_SIGMA = 1.2;
/** More lines than this are thinned: a pixel cannot show them. */
const LINES = 160;

const SUB = '₀₁₂₃₄₅₆₇₈₉';
const sigmaName = (rank: number): string => `σ${String(rank).replace(/\d/g, (digit) => SUB[Number(digit)])}`;

/** σ of the layer in focus: over time, and now. */
export function NowView() {
  const layer = useLab((state) => state.ui.focus);
  const sigma = useLab((state) => state.sigma);
  const theta = useLab((state) => state.configuration.theta);
  const now = sigma?.layers[layer] ?? null;
  return (
    <>
      <SigmaOverTime key={layer} layer={layer} theta={theta} now={now} />
      <SigmaBars layer={layer} theta={theta} clear={TAKEN_UP_SIGMA} sigma={now} step={sigma?.step ?? 0} />
    </>
  );
}

/** σ of one rank over time (not a number where the layer was narrower). */
function rank(spectra: readonly SpectrumPoint[], layer: number, k: number): SeriesRows {
  return {
    n: spectra.length,
    stepAt: (r) => spectra[r].step,
    valueAt: (r) => (spectra[r].sigma.at(layer) ?? [])[k] ?? NaN,
  };
}

/** The ranks that are drawn: all, or the first ones and an even choice of the rest. */
function shownRanks(width: number): number[] {
  if (width <= LINES) return Array.from({ length: width }, (_, k) => k);
  const half = LINES / 2;
  const rest = Array.from(
    { length: half },
    (_, i) => half + Math.round((i * (width - 1 - half)) / (half - 1)),
  );
  return [...Array.from({ length: half }, (_, k) => k), ...rest];
}

interface SigmaProps {
  layer: number;
  theta: number;
  now: Float64Array | null;
}

function SigmaOverTime({ layer, theta, now }: SigmaProps) {
  useLab((state) => state.historyVersion);
  const { spectra } = useLab((state) => state.history);
  const empty = useEmptyText();
  const last = now ?? new Float64Array();
  const widest = spectra.reduce((width, point) => Math.max(width, point.sigma[layer]?.length ?? 0), 0);
  const ranks = shownRanks(widest);
  const of = (belongs: (sigma: number | undefined) => boolean): SeriesRows[] =>
    ranks.filter((k) => belongs(last[k])).map((k) => rank(spectra, layer, k));
  const ink = 'var(--sigma)';
  const bundles: LineBundle[] = [
    { id: 'gone', colour: 'var(--control)', opacity: 0.5, strong: false, rows: of((s) => s === undefined) },
    {
      id: 'scaffold',
      colour: ink,
      opacity: 0.35,
      strong: false,
      rows: of((s) => s !== undefined && s <= theta),
    },
    {
      id: 'plateau',
      colour: ink,
      opacity: 0.5,
      strong: false,
      rows: of((s) => s !== undefined && s > theta && s <= TAKEN_UP_SIGMA),
    },
    {
      id: 'clear',
      colour: ink,
      opacity: 1,
      strong: true,
      rows: of((s) => s !== undefined && s > TAKEN_UP_SIGMA),
    },
  ];
  const clear = last.filter((s) => s > TAKEN_UP_SIGMA).length;
  // The largest, the last clear one, the next, the smallest: the gap is what the eye should find.
  const named = [...new Set([0, clear - 1, clear, last.length - 1])].filter((k) => k >= 0 && k < last.length);
  const sources = named.map((k): ChartLine =>
    chartLine(
      { id: `rank-${k}`, label: sigmaName(k + 1), colour: ink, look: k < clear ? 'strong' : 'line' },
      rank(spectra, layer, k),
      true,
    ),
  );
  const references = [
    { value: 1, label: '' },
    ...(theta > 0 ? [{ value: theta, label: `θ ${typedNumber(theta)}` }] : []),
  ];
  const some =
    ranks.length < widest
      ? `${groupedInteger(ranks.length)} of ${groupedInteger(widest)}`
      : `all ${groupedInteger(widest)}`;
  return (
    <LineChart
      name={`sigma-layer-${layer + 1}`}
      title={`σ of layer ${layer + 1} over time`}
      about={`of the weights into layer ${layer + 1}${widest ? ` · ${some}, by rank` : ''} · dotted: σ = 1`}
      sources={sources}
      bundles={bundles}
      references={references}
      startLog
      format={significant}
      labelWidth={9}
      series={(name) => name.startsWith(`sigma.layer${layer + 1}.`)}
      empty={empty}
    />
  );
}
