import { type PartView, type Role, ROLES } from '../../data/import/pairing/roles';
import { chooseImportOptions, useImport } from '../../store/ownData';
import { Select } from '../kit';
import styles from './OwnData.module.css';

const LABELS: Record<Role, string> = {
  'train samples': 'Training: samples',
  'train labels': 'Training: labels',
  'test samples': 'Test: samples',
  'test labels': 'Test: labels',
  'class names': 'Names of the classes',
  'feature names': 'Names of the features',
  none: 'Left out',
};
const CHOICES = ROLES.map((id) => ({ id, label: LABELS[id] }));

/** Arrays by name, and what each is for: asked where the names do not say it. */
export function PartsTable({ parts }: { parts: PartView[] }) {
  const busy = useImport((state) => state.phase === 'busy');
  const begun = useImport((state) => Object.keys(state.options.roles).length > 0);
  const open = parts.some(({ role }) => role === null);
  const roleOf = (name: string, role: Role): void => {
    const known = Object.fromEntries(parts.flatMap((part) => (part.role ? [[part.name, part.role]] : [])));
    chooseImportOptions({ roles: { ...known, ...useImport.getState().options.roles, [name]: role } });
  };
  return (
    <details className={styles.columns} open={open || begun || undefined}>
      <summary>What each array is for{open ? ': please say' : ''}</summary>
      {/* What scrolls must be reached by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={styles.tableFrame} data-scrolls role="region" aria-label="Arrays" tabIndex={0}>
        <table className={styles.table} data-columns>
          <thead>
            <tr>
              <th scope="col">Array</th>
              <th scope="col">Shape</th>
              <th scope="col">It holds</th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ name, shape, role }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{shape}</td>
                <td>
                  <Select<Role | ''>
                    label={`What ${name} holds`}
                    disabled={busy}
                    choices={role ? CHOICES : [{ id: '', label: 'Choose …', disabled: true }, ...CHOICES]}
                    value={role ?? ''}
                    onChange={(next) => {
                      if (next !== '') roleOf(name, next);
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
