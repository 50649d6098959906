import type { ImportPreview } from '../../data/import/protocol';
import { testCount, type SplitChoice } from '../../data/import/values/split';
import { groupedInteger, significant } from '../../drawing/format';
import styles from './OwnData.module.css';
import { SamplePicture } from './SamplePicture';

/** ImportedSamples per class, how they are divided, and a few of them. */
export function ClassTable({ preview, split }: { preview: ImportPreview; split: SplitChoice }) {
  const { classNames, counts, given, pictures, rows, width, height } = preview;
  const tests = counts.map((n, c) =>
    split.kind === 'given' && given ? given[c] : split.kind === 'random' ? testCount(n, split.share) : 0,
  );
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  const examples = pictures
    ? 'Some of them'
    : `Two of them: ${rows?.columns.join(', ') ?? ''}${rows && width > rows.columns.length ? ', …' : ''}`;
  return (
    <div className={styles.tableFrame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Training</th>
            <th scope="col">Test</th>
            <th scope="col" className={styles.wide}>
              {examples}
            </th>
          </tr>
        </thead>
        <tbody>
          {classNames.map((name, c) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{groupedInteger(counts[c] - tests[c])}</td>
              <td>{groupedInteger(tests[c])}</td>
              <td className={styles.wide}>
                <span className={styles.samples}>
                  {pictures?.[c].map((bytes, k) => (
                    <SamplePicture key={k} bytes={bytes} width={width} height={height} />
                  ))}
                  {!pictures &&
                    rows?.values[c].map((values, k) => (
                      <small key={k}>
                        {values.map((value) => significant(value).replace('-', '−')).join(' · ')}
                      </small>
                    ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td>{groupedInteger(sum(counts) - sum(tests))}</td>
            <td>{groupedInteger(sum(tests))}</td>
            <td className={styles.wide} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
