import type { InvarianceReport, Operation } from '../../topology/types';
import { groupedInteger, percent, reductionRatio, significant } from '../../drawing/format';
import { Button, Popover } from '../kit';
import { useCopy } from '../kit/useCopy';
import styles from './Hand.module.css';

/** The name of an operation in words. */
function operationName(operation: Operation): string {
  const where = ` on layer ${operation.layer + 1}`;
  switch (operation.kind) {
    case 'left':
      return `Left diagonalisation${where}`;
    case 'full':
      return `Full diagonalisation${where}`;
    case 'rotate':
      return `Random rotation${where}`;
    case 'remove':
      return `${operation.count} removed${where}`;
    case 'grow':
      return `${operation.count} grown${where}`;
    case 'sparsify':
      return 'Every second weight matrix diagonal';
    case 'zero-biases':
      return 'Every bias and ψ set to 0';
  }
}

/** "0.0459 → 0.0636 (×1.4)". */
function change({ before, after }: { before: number; after: number }): string {
  const same = Math.abs(after - before) <= 5e-4 * Math.abs(before);
  return `${significant(before)} → ${significant(after)} (${same ? 'the same' : reductionRatio(before, after)})`;
}

/** The rows of a report: name and value, as shown and as copied. */
function InvarianceReportRows(report: InvarianceReport): [string, string][] {
  const { energyMean, energySum } = report;
  const points = report.accuracyPoints;
  const rows: [string, string][] = [
    ['max |Δlogit|', significant(report.maxAbsLogit)],
    ['ε scaled', `${significant(report.epsilonScaledPercent)} %`],
    ['KL', `${significant(report.klNats)} nats`],
    [
      'accuracy',
      `${percent(report.accuracyBefore)} → ${percent(report.accuracyAfter)} (${points > 0 ? '+' : ''}${points.toFixed(1).replace('-', '−')} points)`,
    ],
    ['Σσ removed', significant(Math.abs(report.sigmaSumDrop) < 1e-9 ? 0 : report.sigmaSumDrop)],
    ['E mean', change(energyMean)],
    ['E sum', change(energySum)],
    ['widths', `${report.widthsBefore.join('-')} → ${report.widthsAfter.join('-')}`],
    ['parameters', `${groupedInteger(report.parametersBefore)} → ${groupedInteger(report.parametersAfter)}`],
  ];
  if (report.sigmaRemoved.length) {
    rows.push([
      'σ removed',
      report.sigmaRemoved
        .slice(0, 8)
        .map((s) => significant(s))
        .join(', '),
    ]);
  }
  return rows;
}

function Panel({ report, step }: { report: InvarianceReport; step: number }) {
  const [copied, copy] = useCopy();
  const rows = InvarianceReportRows(report);
  const title = `${operationName(report.operation)}, step ${groupedInteger(step)}`;
  const text = [
    title,
    report.sentence,
    ...rows.map((row) => row.join('\t')),
    `probe images\t${report.n}`,
    ...report.corrections,
  ];
  return (
    <div className={styles.report}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{report.sentence}</p>
      <table>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.corrections.length > 0 && (
        <ul>
          {report.corrections.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <p className="label">
        Measured in float64 on the first {groupedInteger(report.n)} test images, before rounding to the
        engine’s 32 bits.
      </p>
      <Button
        size="small"
        icon={copied === 'copied' ? 'check' : 'copy'}
        onClick={() => copy(text.join('\n'))}
      >
        {copied === 'copied' ? 'Copied' : 'Copy'}
      </Button>
    </div>
  );
}

/** A link "report" that opens the whole invariance report. */
export function ReportLink({ report, step }: { report: InvarianceReport; step: number }) {
  return (
    <Popover label="Invariance report" trigger="report" look="quiet" size="small" testId="report">
      {() => <Panel report={report} step={step} />}
    </Popover>
  );
}
