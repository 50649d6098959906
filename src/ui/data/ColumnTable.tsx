import type { ImportChoices } from '../../data/import/protocol';
import type { ColumnView } from '../../data/import/tables/samples';
import { chooseImportOptions, useImport } from '../../store/ownData';
import { plain } from '../../data/import/values/outliers';
import { groupedInteger } from '../../drawing/format';
import styles from './OwnData.module.css';

/** What is said of a column beside its name: why it is left out, or what is odd about it. */
const remarks = ({ used, isLabel, reason, warnings, possible }: ColumnView): string[] => {
  if (isLabel) return [];
  const left = used ? [] : [reason ? `Left out: ${reason}.` : possible ? 'Left out by you.' : ''];
  return [...left, ...warnings].filter((text) => text !== '');
};

function rangeWords({ range, distinct }: ColumnView): string {
  if (range) return range[0] === range[1] ? plain(range[0]) : `${plain(range[0])} … ${plain(range[1])}`;
  return distinct === null
    ? 'very many texts'
    : `${groupedInteger(distinct)} ${distinct === 1 ? 'text' : 'texts'}`;
}

function costWords({ missing, unreadable }: ColumnView): string {
  if (missing + unreadable === 0) return '0';
  return unreadable > 0
    ? `${groupedInteger(missing)} + ${groupedInteger(unreadable)} unreadable`
    : groupedInteger(missing);
}

/** One column: ticked or not, what it holds, what it costs, and whether it is the label. */
function Row({ column, labels }: { column: ColumnView; labels: NonNullable<ImportChoices['labels']> }) {
  const busy = useImport((state) => state.phase === 'busy');
  const { index, name, kind, used, possible, isLabel } = column;
  const label = isLabel || labels.some((one) => one.index === index);
  const said = remarks(column);
  const left = !used && !isLabel ? '' : undefined;
  return (
    <>
      <tr data-remarked={said.length > 0 ? '' : undefined} data-left={left}>
        <td>
          <input
            type="checkbox"
            aria-label={`Take “${name}” as a feature`}
            checked={used}
            disabled={busy || isLabel || !possible}
            onChange={(event) =>
              chooseImportOptions({
                columns: { ...useImport.getState().options.columns, [index]: event.target.checked },
              })
            }
          />
        </td>
        <td>
          <input
            type="radio"
            name="label-column"
            aria-label={`“${name}” is the label`}
            checked={isLabel}
            disabled={busy || !label}
            onChange={() => chooseImportOptions({ label: index })}
          />
        </td>
        <th scope="row">{name}</th>
        <td>{isLabel ? 'label' : kind}</td>
        <td>{rangeWords(column)}</td>
        <td>{costWords(column)}</td>
      </tr>
      {said.length > 0 && (
        <tr data-left={left}>
          <td colSpan={2} />
          <td colSpan={4} className={styles.remarks}>
            {said.map((text) => (
              <small key={text}>{text}</small>
            ))}
          </td>
        </tr>
      )}
    </>
  );
}

/** The columns of a table: which are taken, which is the label, what is in them, and what each costs. */
export function ColumnTable({ choices }: { choices: ImportChoices }) {
  const { columns, columnCount, labels } = choices;
  if (!columns || columns.length === 0) return null;
  const used = columns.filter((column) => column.used).length;
  const warned = columns.filter((column) => remarks(column).length > 0).length;
  const more = columnCount - columns.length;
  return (
    <details className={styles.columns} open={columns.length <= 12 || undefined}>
      <summary>
        ColumnCodes: {groupedInteger(used)} of {groupedInteger(columns.length)} taken
        {warned > 0 ? `, ${groupedInteger(warned)} with a remark` : ''}
        {more > 0 ? `; ${groupedInteger(more)} more are not listed` : ''}
      </summary>
      {/* What scrolls must be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.tableFrame} data-scrolls role="region" aria-label="Columns" tabIndex={0}>
        <table className={styles.table} data-columns>
          <thead>
            <tr>
              <th scope="col">Take</th>
              <th scope="col">Label</th>
              <th scope="col">Column</th>
              <th scope="col">Holds</th>
              <th scope="col">Range</th>
              <th
                scope="col"
                title="Rows that have no value in it, or one that cannot be read: they are left out with it, or filled in."
              >
                Rows it costs
              </th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <Row key={column.index} column={column} labels={labels ?? []} />
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
