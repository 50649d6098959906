import { useState } from 'react';
import { useLab } from '../../../store/lab';
import { sparsityPercent } from '../../../topology/analysis/counts';
import type { PrecomputedReport, SparsityReport } from '../../../topology/analysis/types';
import { CursorSlider } from '../../charts/CursorSlider';
import { Figure } from '../../charts/figure/Figure';
import { plotAreaOf } from '../../charts/plotArea';
import { ChartPlot } from '../../charts/ChartPlot';
import { linearAxis, logAxis } from '../../../drawing/scale';
import { ReferenceDot } from 'recharts';
import { useElementSize } from '../../kit/useElementSize';
import { groupedInteger, percent, reductionRatio, significant } from '../../../drawing/format';
import { NumberField } from '../../kit';
import { measureInThread, useAnalysis } from '../analysis';
import { MeasureBar } from '../MeasureBar';
import own from './Spectrum.module.css';
import { useSpectrum } from './view';

/** Depths drawn; the curve ends within a point of its limit. */
const DEEPEST = 100;
const THRESHOLD = 1e-4;
const SPARSITY = { kind: 'sparsity', threshold: THRESHOLD } as const;
const PRECOMPUTED = { kind: 'precomputed' } as const;

/** What zeros save: a calculator with its limit, and the visitor's own network measured. */
export function SparsityView() {
  const sparsity = useAnalysis(SPARSITY);
  const precomputed = useAnalysis(PRECOMPUTED);
  return (
    <>
      <Calculator />
      <MeasureBar
        testId="sparsity-measure"
        asking={sparsity.asking || precomputed.asking}
        measured={sparsity.report !== null || precomputed.report !== null}
        step={sparsity.step}
        stale={sparsity.stale}
        error={sparsity.error ?? precomputed.error}
        offer="Counts the zeros of a copy of your network with every second matrix diagonal, and evaluates it as sparse, and all at once."
        onMeasure={() => {
          measureInThread(SPARSITY);
          measureInThread(PRECOMPUTED);
        }}
      />
      {(sparsity.report ?? precomputed.report) && (
        <Measured sparsity={sparsity.report} precomputed={precomputed.report} />
      )}
    </>
  );
}

function Calculator() {
  const spec = useLab((state) => state.snapshots.main?.spec);
  const type = useLab((state) => state.ui.present) ? 1.35 : 1;
  const chosen = useSpectrum();
  const [cursor, setCursor] = useState<number | null>(null);
  const [box, size] = useElementSize<HTMLDivElement>();
  const width = chosen.width ?? spec?.hidden[0].width ?? 128;
  const depth = chosen.depth ?? spec?.hidden.length ?? 2;
  const inputs = spec?.inputs ?? 784;
  const outputs = spec?.outputs ?? 10;
  const at = (layers: number): number => sparsityPercent(inputs, width, layers, outputs);
  const depths = Array.from({ length: DEEPEST }, (_, k) => k + 1);
  const frame = size && plotAreaOf(size.width, size.height, type, 14);
  const x = logAxis(1, DEEPEST, { count: 7, format: 'count' });
  const y = linearAxis(0, 55, { ticks: [0, 10, 20, 30, 40, 50] });
  const said = cursor ?? depth;
  const about = `% of all parameters that become zero, closed form k(n² − n), k every second matrix · ${groupedInteger(inputs)} inputs, ${groupedInteger(outputs)} outputs · dotted: the limit, 50 %`;
  return (
    <Figure
      box={box}
      className={own.calculator}
      name="sparsity"
      title="Zeros against depth"
      value={
        <>
          <strong>{at(said).toFixed(2)} %</strong> at depth {said}
        </>
      }
      valueTestId="sparsity-percent"
      about={about}
      format={significant}
      table={() => ({
        caption: `${about}; ${width} units a layer.`,
        head: ['Hidden layers', 'Zero, %'],
        rows: depths.map((layers) => [String(layers), at(layers).toFixed(3)]),
      })}
      csv={() => ['hidden_layers,zero_percent\n', ...depths.map((layers) => `${layers},${at(layers)}\n`)]}
      series={() => false}
      controls={
        <div className={own.measureRow}>
          <span className={own.field}>
            <NumberField
              label="Units of each hidden layer"
              compact
              whole
              min={2}
              max={100_000}
              value={width}
              onCommit={(value) => useSpectrum.setState({ width: value })}
            />
            <span>units in each of</span>
            <NumberField
              label="Hidden layers"
              compact
              whole
              min={1}
              max={DEEPEST}
              value={depth}
              onCommit={(value) => useSpectrum.setState({ depth: value })}
            />
            <span>hidden layers</span>
          </span>
        </div>
      }
      caption={`${at(depth).toFixed(2)} % of the parameters of ${depth} hidden layers of ${width} units; an odd depth less than the even one before it; towards 50 % with depth.`}
    >
      {frame && (
        <>
          <ChartPlot
            frame={frame}
            x={x}
            y={y}
            lines={[
              {
                id: 'percent',
                colour: 'var(--sigma)',
                look: 'strong',
                points: depths.map((layers) => ({ x: layers, y: at(layers) })),
              },
            ]}
            references={[{ value: 50, label: '' }]}
          >
            <ReferenceDot x={said} y={at(said)} r={4 * type} fill="var(--accuracy)" stroke="none" />
          </ChartPlot>
          <CursorSlider
            frame={frame}
            label="Hidden layers"
            min={0}
            max={200}
            value={cursor === null ? null : Math.round(100 * Math.log10(cursor))}
            text={(log) =>
              `${Math.round(10 ** (log / 100))} hidden layers: ${at(Math.round(10 ** (log / 100))).toFixed(2)} %`
            }
            onMove={(log) => setCursor(log === null ? null : Math.max(1, Math.round(10 ** (log / 100))))}
          />
        </>
      )}
    </Figure>
  );
}

interface MeasuredProps {
  sparsity: SparsityReport | null;
  precomputed: PrecomputedReport | null;
}

/** The two other ways to evaluate the same network, in numbers. */
function Measured({ sparsity, precomputed }: MeasuredProps) {
  const steps = precomputed?.layeredSteps ?? 0;
  return (
    <div className={own.tableBox}>
      <table className={own.table} data-testid="sparsity-table">
        {sparsity && (
          <tbody>
            <tr>
              <th colSpan={2} scope="rowgroup">
                Sparse: diagonal matrices as vectors
              </th>
            </tr>
            <Row
              name={`non-zero of ${groupedInteger(sparsity.parameters)} (|θ| > ${significant(THRESHOLD)})`}
              value={`${groupedInteger(sparsity.nonZeroBefore)} → ${groupedInteger(sparsity.nonZeroAfter)}`}
            />
            <Row
              name="removed, measured / closed form"
              value={`${sparsity.removedPercent.toFixed(2)} % / ${sparsity.expectedRemovedPercent.toFixed(2)} %`}
            />
            <Row
              name="multiplies of one image"
              value={`${groupedInteger(sparsity.denseMultiplies)} → ${groupedInteger(sparsity.sparseMultiplies)} (${reductionRatio(sparsity.denseMultiplies, sparsity.sparseMultiplies)})`}
            />
            <Row
              name={`max |Δlogit|, n ${groupedInteger(sparsity.n)}`}
              value={significant(sparsity.maxAbsLogit, 2)}
            />
          </tbody>
        )}
        {precomputed && (
          <tbody>
            <tr>
              <th colSpan={2} scope="rowgroup">
                Precomputed: all matrix products at once
              </th>
            </tr>
            <Row
              name="what waits"
              value={`${steps} products in turn → one product, then ${Math.max(0, steps - 1)} scalar${steps === 2 ? '' : 's'}`}
            />
            <Row name="multiplies, parallel" value={groupedInteger(precomputed.parallelMultiplies)} />
            <Row name="multiplies, in turn" value={groupedInteger(precomputed.recursionMultiplies)} />
            <Row name="multiplies, layered" value={groupedInteger(precomputed.layeredMultiplies)} />
            <Row
              name={`max |Δlogit|, n ${groupedInteger(precomputed.n)}`}
              value={significant(precomputed.maxAbsLogit, 2)}
            />
            <Row
              name="argmax without biases and ψ"
              value={`${percent(precomputed.accuracy)} right, ${percent(precomputed.linearAgreement)} as yours`}
            />
          </tbody>
        )}
      </table>
    </div>
  );
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{value}</td>
    </tr>
  );
}
