import { useLab } from '../../store/lab';
import type { ThemeChoice } from '../../store/state';
import { Field, Segmented, Switch } from '../kit';
import { ENGINE_CHOICES } from '../bar/EnginePill';
import { ChoiceItem } from './items';
import { actions } from '../kit/actions';

const THEMES: { id: ThemeChoice; label: string }[] = [
  { id: 'system', label: 'As the system' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
];

/** Where it runs and how the page looks: remembered for this browser, not part of a run. */
export function PageGroup() {
  const theme = useLab((state) => state.ui.theme);
  const singleKeys = useLab((state) => state.ui.singleKeys);
  const { setUi } = actions();
  return (
    <>
      <ChoiceItem
        field="engine"
        label="Engine"
        choices={ENGINE_CHOICES}
        hint="The run goes on with its weights."
      />
      <div data-control="setup-theme">
        <Field label="Theme" group>
          {() => (
            <Segmented
              label="Theme"
              choices={THEMES}
              value={theme}
              onChange={(next) => setUi({ theme: next })}
              wide
            />
          )}
        </Field>
      </div>
      <div data-control="setup-keys">
        <Field label="Single-letter keys" group hint="Off: letters do nothing outside of text fields.">
          {() => (
            <Switch checked={singleKeys} onChange={(next) => setUi({ singleKeys: next })}>
              <span className="visually-hidden">Single-letter keys: </span>
              {singleKeys ? 'on' : 'off'}
            </Switch>
          )}
        </Field>
      </div>
    </>
  );
}
