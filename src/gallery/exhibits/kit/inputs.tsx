import { NumberField, Segmented, Select, Switch } from '../../../ui/kit';
import type { Exhibit } from '../../exhibit';
import { Kept } from '../../Kept';
import { typeText } from './typing';

const PACES = [
  { id: 'watch', label: 'Watch' },
  { id: 'fast', label: 'Fast' },
] as const;
const LAYERS = ['first', 'second', 'third', 'fourth'].map((id) => ({
  id,
  label: id,
  disabled: id === 'third',
}));
const RATES = [
  { id: 'adam', label: 'Adam' },
  { id: 'momentum', label: 'Gradient descent with momentum and a name that is too long' },
] as const;

const number = (
  <Kept start={0.05}>
    {(value, change) => <NumberField label="λ" value={value} min={1e-9} max={10} zero onCommit={change} />}
  </Kept>
);

export const numberFieldExhibit: Exhibit = {
  part: 'NumberField',
  width: 120,
  states: [
    { name: 'with a value', show: number },
    {
      name: 'a text that is no number',
      show: number,
      window: { width: 160, height: 60, act: typeText('lots') },
    },
    {
      name: 'compact, a very small value',
      show: <NumberField label="λ" value={1.25e-9} min={0} max={1} compact onCommit={() => undefined} />,
    },
    {
      name: 'disabled',
      show: <NumberField label="λ" value={0} min={0} max={1} disabled onCommit={() => undefined} />,
    },
  ],
};

export const selectExhibit: Exhibit = {
  part: 'Select',
  width: 160,
  states: [
    {
      name: 'chosen',
      show: (
        <Kept<'adam' | 'momentum'> start="adam">
          {(value, change) => <Select label="Optimiser" choices={RATES} value={value} onChange={change} />}
        </Kept>
      ),
    },
    {
      name: 'a long choice',
      show: <Select label="Optimiser" choices={RATES} value="momentum" onChange={() => undefined} />,
    },
    {
      name: 'disabled',
      show: <Select label="Optimiser" choices={RATES} value="adam" disabled onChange={() => undefined} />,
    },
  ],
};

export const segmentedExhibit: Exhibit = {
  part: 'Segmented',
  states: [
    {
      name: 'two choices',
      show: (
        <Kept<'watch' | 'fast'> start="watch">
          {(value, change) => <Segmented label="Pace" choices={PACES} value={value} onChange={change} />}
        </Kept>
      ),
    },
    {
      name: 'four, one not to be had',
      show: (
        <Kept start="second">
          {(value, change) => <Segmented label="Layer" choices={LAYERS} value={value} onChange={change} />}
        </Kept>
      ),
    },
    {
      name: 'disabled',
      show: <Segmented label="Pace" choices={PACES} value="fast" disabled onChange={() => undefined} />,
    },
    {
      name: 'wide',
      show: (
        <div style={{ width: 300 }}>
          <Segmented label="Pace" choices={PACES} value="watch" wide onChange={() => undefined} />
        </div>
      ),
    },
  ],
};

export const switchExhibit: Exhibit = {
  part: 'Switch',
  width: 200,
  states: [
    {
      name: 'off',
      show: (
        <Kept start={false}>
          {(on, change) => (
            <Switch checked={on} onChange={change}>
              Keep diagonal
            </Switch>
          )}
        </Kept>
      ),
    },
    {
      name: 'on',
      show: (
        <Kept start={true}>
          {(on, change) => (
            <Switch checked={on} onChange={change}>
              Keep diagonal
            </Switch>
          )}
        </Kept>
      ),
    },
    {
      name: 'disabled, on',
      show: (
        <Switch checked disabled onChange={() => undefined}>
          Keep diagonal
        </Switch>
      ),
    },
    {
      name: 'a long text',
      show: (
        <Switch checked={false} onChange={() => undefined}>
          Turn every layer diagonal after each twentieth step of training
        </Switch>
      ),
    },
  ],
};
