import type { ImportChoices } from '../../data/import/protocol';
import { chooseImportOptions, useImport } from '../../store/ownData';
import { Field, Select, Switch } from '../kit';
import styles from './OwnData.module.css';

type LabelChoice = NonNullable<ImportChoices['labels']>[number];

const labelText = ({ name, distinct }: LabelChoice): string => `${name} (${distinct} different values)`;

/** What the lab has found out about the files and the visitor may know better. */
export function Choices({ choices }: { choices: ImportChoices }) {
  const size = useImport((state) => state.options.size);
  const preview = useImport((state) => state.preview);
  const busy = useImport((state) => state.phase === 'busy');
  const { labels, label, header, pictures, sizes, grey } = choices;
  const shown = size ?? preview;
  return (
    <div className={styles.choices}>
      {labels && labels.length > 0 && (
        <Field label="Label column" hint="Which class a row belongs to.">
          {({ id, describedBy }) => (
            <Select
              id={id}
              describedBy={describedBy}
              disabled={busy}
              choices={[
                ...(label === null || label < 0 ? [{ id: '-1', label: 'Choose …', disabled: true }] : []),
                ...labels.map((one) => ({ id: String(one.index), label: labelText(one) })),
              ]}
              value={String(label ?? -1)}
              onChange={(next) => chooseImportOptions({ label: Number(next) })}
            />
          )}
        </Field>
      )}
      {sizes && shown && (
        <Field
          label="Size of the pictures"
          hint="Pictures of another size fill it; what stands over is cut off."
        >
          {({ id, describedBy }) => (
            <Select
              id={id}
              describedBy={describedBy}
              disabled={busy}
              choices={sizes.map(({ width, height }) => ({
                id: `${width}x${height}`,
                label: `${width} × ${height}`,
              }))}
              value={`${shown.width}x${shown.height}`}
              onChange={(next) => {
                const [width, height] = next.split('x').map(Number);
                chooseImportOptions({ size: { width, height } });
              }}
            />
          )}
        </Field>
      )}
      {header !== null && (
        <Switch checked={header} disabled={busy} onChange={(next) => chooseImportOptions({ header: next })}>
          The first row names the columns
        </Switch>
      )}
      {pictures !== null && (
        <Switch
          checked={pictures}
          disabled={busy}
          onChange={(next) => chooseImportOptions({ pictures: next })}
        >
          Each row is a square picture
        </Switch>
      )}
      {grey !== null && (
        <Switch checked={grey} disabled={busy} onChange={(next) => chooseImportOptions({ grey: next })}>
          Grey instead of colour
        </Switch>
      )}
    </div>
  );
}
