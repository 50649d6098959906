import type { DatasetId } from '../../data/ids';
import { DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { differsFromDefault } from '../../configuration/url';
import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';
import { openOwnData } from '../../store/ownData';
import { Button, Field, Select } from '../kit';
import { setField } from './items';

/** The data sets, the visitor's own among them: where there are none yet, choosing them opens the dialog that takes them. */
export function DataItem() {
  const data = useLab((state) => state.configuration.data);
  const changed = useLab((state) => differsFromDefault(state.configuration, 'data'));
  const own = useLab((state) => state.own);
  const { kind, describe, attribution } = DATASETS[data];
  const pick = (next: DatasetId): void => {
    if (next === 'own' && !own) openOwnData();
    else setField('data', next);
  };
  const hint = kind === 'own' ? `${describe}.` : `${describe}. ${attribution.text}, ${attribution.licence}.`;
  return (
    <div data-control="setup-data">
      <Field
        label="Data"
        hint={hint}
        changed={changed}
        onPutBack={() => setField('data', DEFAULT_CONFIGURATION.data)}
      >
        {({ id, describedBy }) => (
          <Select
            id={id}
            describedBy={describedBy}
            choices={Object.values(DATASETS)}
            value={data}
            onChange={pick}
          />
        )}
      </Field>
      <p>
        <Button size="small" icon="up" onClick={openOwnData}>
          {own ? 'Other data of your own …' : 'Open your own data …'}
        </Button>
      </p>
    </div>
  );
}
