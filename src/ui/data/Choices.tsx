import { type Turn, TURNS } from '../../data/import/pictures/turn';
import type { ImportChoices } from '../../data/import/protocol';
import type { Decimal } from '../../data/import/tables/numbers';
import { chooseImportOptions, useImport } from '../../store/ownData';
import { Field, Select, Switch } from '../kit';
import styles from './OwnData.module.css';

type LabelChoice = NonNullable<ImportChoices['labels']>[number];

const MISSING = [
  { id: 'drop', label: 'Leave their rows out' },
  { id: 'fill', label: 'Fill in the column’s mean' },
] as const;
const COMMAS = [
  { id: ',', label: 'are decimal points' },
  { id: '.', label: 'divide thousands' },
] as const;

const labelText = ({ name, distinct }: LabelChoice): string => `${name} (${distinct} different values)`;

/** What the lab has found out about the files and the visitor may know better. */
export function Choices({ choices }: { choices: ImportChoices }) {
  const size = useImport((state) => state.options.size);
  const preview = useImport((state) => state.preview);
  const busy = useImport((state) => state.phase === 'busy');
  const { labels, label, header, pictures, sizes, grey, decimal, missing, cut, turn } = choices;
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
      {turn !== null && (
        <Field label="Turn and mirror" hint="Some sets lie on their side.">
          {({ id, describedBy }) => (
            <Select<Turn>
              id={id}
              describedBy={describedBy}
              disabled={busy}
              choices={TURNS}
              value={turn}
              onChange={(next) => chooseImportOptions({ turn: next })}
            />
          )}
        </Field>
      )}
      {missing !== null && (
        <Field label="Missing values" hint="Of the columns that are taken.">
          {({ id, describedBy }) => (
            <Select<'drop' | 'fill'>
              id={id}
              describedBy={describedBy}
              disabled={busy}
              choices={MISSING}
              value={missing}
              onChange={(next) => chooseImportOptions({ missing: next })}
            />
          )}
        </Field>
      )}
      {decimal !== null && (
        <Field label="Commas in numbers" hint="1,001 is either.">
          {({ id, describedBy }) => (
            <Select<Decimal>
              id={id}
              describedBy={describedBy}
              disabled={busy}
              choices={COMMAS}
              value={decimal}
              onChange={(next) => chooseImportOptions({ decimal: next })}
            />
          )}
        </Field>
      )}
      {cut !== null && (
        <Switch checked={cut} disabled={busy} onChange={(next) => chooseImportOptions({ cut: next })}>
          Cut values that dwarf all others
        </Switch>
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
