import { Field, NumberField, Select } from '../../../ui/kit';
import type { Exhibit } from '../../exhibit';
import { Kept } from '../../Kept';

const BATCHES = [
  { id: '32', label: '32 images' },
  { id: '100', label: '100 images' },
  { id: '1000', label: '1,000 images', disabled: true },
] as const;

const batchSelect = ({ id, describedBy }: { id: string; describedBy: string | undefined }) => (
  <Kept<(typeof BATCHES)[number]['id']> start="100">
    {(value, change) => (
      <Select id={id} describedBy={describedBy} choices={BATCHES} value={value} onChange={change} />
    )}
  </Kept>
);

export const fieldExhibit: Exhibit = {
  part: 'Field',
  width: 220,
  states: [
    { name: 'plain', show: <Field label="Batch">{batchSelect}</Field> },
    {
      name: 'with a hint',
      show: (
        <Field
          label="Batch"
          hint="Images a step of training looks at. More of them cost more and shake less."
        >
          {batchSelect}
        </Field>
      ),
    },
    {
      name: 'changed',
      show: (
        <Field label="Batch" changed onPutBack={() => undefined}>
          {batchSelect}
        </Field>
      ),
    },
    {
      name: 'error',
      show: (
        <Field
          label="Hidden layers"
          error="Between 1 and 1024 units, please."
          hint="Not seen beside an error."
        >
          {({ id, describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              value={4000}
              min={1}
              max={1024}
              onCommit={() => undefined}
            />
          )}
        </Field>
      ),
    },
    {
      name: 'a long name',
      show: (
        <Field
          label="Share of the training images that are turned and shifted"
          changed
          onPutBack={() => undefined}
        >
          {batchSelect}
        </Field>
      ),
    },
  ],
};
