import { useState } from 'react';
import type { InvarianceReport } from '../../../topology/types';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import { Button } from '../../kit';
import { copyText } from '../../kit/download';
import styles from './Timeline.module.css';

const NAMES = {
  left: 'Left-partial diagonalisation',
  full: 'Full diagonalisation',
  rotate: 'Random rotation',
  remove: 'Removal',
  grow: 'Growth',
  sparsify: 'Sparsification',
  'zero-biases': 'Biases removed',
} as const;

const PROMISES = {
  exact: 'function unchanged',
  'first-order': 'change in proportion to the σ removed',
  none: 'none: the control, or a correction left out',
} as const;

const signed = (text: string, value: number): string => (value > 0 ? `+${text}` : text.replace('-', '−'));
const change = (before: number, after: number): string => `${significant(before)} → ${significant(after)}`;

/** A report as name and value pairs, in the order they are read. */
function reportPairs(report: InvarianceReport): [string, string][] {
  const { operation } = report;
  const count_ = 'count' in operation ? `, ${operation.count} unit${operation.count === 1 ? '' : 's'}` : '';
  return [
    ['Operation', `${NAMES[operation.kind]} of layer ${operation.layer + 1}${count_}`],
    ['Promise', PROMISES[report.promise]],
    ['Probe set', `${groupedInteger(report.n)} test images`],
    ['max |Δlogit|', significant(report.maxAbsLogit)],
    ['ε scaled', `${significant(report.epsilonScaledPercent)} %`],
    ['KL before ‖ after', `${significant(report.klNats)} nats`],
    [
      'Accuracy',
      `${percent(report.accuracyBefore)} → ${percent(report.accuracyAfter)} (${signed(report.accuracyPoints.toFixed(1), report.accuracyPoints)} points)`,
    ],
    ['Σσ, before − after', significant(report.sigmaSumDrop)],
    ...(report.sigmaRemoved.length
      ? [['σ removed', report.sigmaRemoved.map((s) => significant(s)).join(', ')] as [string, string]]
      : []),
    ['E as mean square', change(report.energyMean.before, report.energyMean.after)],
    ['E as sum of squares', change(report.energySum.before, report.energySum.after)],
    ['Widths', `${report.widthsBefore.join(' ')} → ${report.widthsAfter.join(' ')}`],
    ['Parameters', `${groupedInteger(report.parametersBefore)} → ${groupedInteger(report.parametersAfter)}`],
    ...report.corrections.map((text, i): [string, string] => [i === 0 ? 'Corrections' : '', text]),
  ];
}

/** An invariance report as a table, with a button that copies it. */
export function ReportTable({ report, title }: { report: InvarianceReport; title: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  const rows = reportPairs(report);
  const copy = async (): Promise<void> => {
    const text = [title, report.sentence, ...rows.map(([name, value]) => `${name}\t${value}`)].join('\n');
    setCopied(await copyText(text));
    setTimeout(() => setCopied(null), 2000);
  };
  return (
    <>
      <p className={styles.sentence}>{report.sentence}</p>
      <table className={styles.report}>
        <caption className="visually-hidden">Invariance report: {title}</caption>
        <tbody>
          {rows.map(([name, value], i) => (
            <tr key={`${name}${i}`}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button size="small" icon={copied ? 'check' : 'copy'} onClick={() => void copy()}>
        {copied === null ? 'Copy report' : copied ? 'Copied' : 'Copying is not allowed here'}
      </Button>
    </>
  );
}
