import type { InvarianceReport } from '../../../topology/types';
import { ReportTable } from '../../../ui/charts/timeline/ReportTable';
import { Timeline } from '../../../ui/charts/timeline/Timeline';
import { beginRun, trainedRun } from '../../data/labStates';
import type { Exhibit } from '../../exhibit';

const timeline = (
  <div style={{ height: 72 }}>
    <Timeline />
  </div>
);

const REPORT: InvarianceReport = {
  operation: { kind: 'remove', layer: 0, count: 4, where: 'exact' },
  promise: 'first-order',
  unchanged: false,
  tolerance: 1e-9,
  sentence: 'Function changed: max Δlogit 0.021, as the σ removed allow.',
  n: 512,
  epsilonScaledPercent: 0.31,
  klNats: 4.2e-6,
  maxAbsLogit: 0.021,
  accuracyPoints: -0.2,
  accuracyBefore: 0.881,
  accuracyAfter: 0.879,
  sigmaSumDrop: 0.083,
  sigmaRemoved: [0.011, 0.018, 0.024, 0.03],
  energyMean: { before: 0.152, after: 0.187 },
  energySum: { before: 19.5, after: 19.4 },
  widthsBefore: [784, 128, 64, 10],
  widthsAfter: [784, 124, 64, 10],
  parametersBefore: 109_386,
  parametersAfter: 105_970,
  corrections: ['o takes the squared length of what was removed.', 'ψ is taken over by the biases.'],
};

export const timelineExhibit: Exhibit = {
  part: 'Timeline',
  width: 1000,
  states: [
    { name: 'a run with marks and a past that was taken back', show: timeline },
    {
      name: 'before the first step',
      show: timeline,
      window: { width: 1000, height: 80, prepare: () => beginRun() },
    },
    {
      name: 'on a phone, read at step 120',
      show: timeline,
      window: { width: 360, height: 80, prepare: () => trainedRun({ cursor: 120 }) },
    },
    {
      name: 'what happened at two marks close together',
      show: <div style={{ marginTop: 'auto' }}>{timeline}</div>,
      window: {
        width: 600,
        height: 240,
        prepare: () => trainedRun(),
        act: (root) => root.querySelector<HTMLElement>('[data-testid=pin-2]')?.click(),
      },
    },
  ],
};

export const reportTableExhibit: Exhibit = {
  part: 'ReportTable',
  width: 400,
  states: [
    { name: 'a removal', show: <ReportTable report={REPORT} title="Remove 4 units, step 182" /> },
    {
      name: 'nothing changed',
      show: (
        <ReportTable
          title="Diagonalise layer 1, step 180"
          report={{
            ...REPORT,
            operation: { kind: 'left', layer: 0 },
            promise: 'exact',
            unchanged: true,
            sentence: 'Function unchanged: max Δlogit 2e-14, tolerance 1e-9.',
            epsilonScaledPercent: 0,
            klNats: 0,
            maxAbsLogit: 2e-14,
            accuracyPoints: 0,
            accuracyAfter: 0.881,
            sigmaSumDrop: 0,
            sigmaRemoved: [],
            widthsAfter: REPORT.widthsBefore,
            parametersAfter: REPORT.parametersBefore,
            corrections: [],
          }}
        />
      ),
    },
  ],
};
