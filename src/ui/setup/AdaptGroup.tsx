import { configuredWidths } from '../../store/firstPaint';
import { useLab } from '../../store/lab';
import { Button, Field } from '../kit';
import { startAdaptingTasks } from '../search/presets';
import styles from '../overlays/Overlays.module.css';
import { NumberItem, setField, SwitchItem } from './items';

/** The hidden layers that adapt by themselves. */
function Layers() {
  const depth = useLab((state) => configuredWidths(state.configuration).length);
  const chosen = useLab((state) => state.configuration.adaptLayers);
  const all = Array.from({ length: depth }, (_, layer) => layer);
  const on = (chosen ?? all).filter((layer) => layer < depth);
  const toggle = (layer: number): void => {
    const next = on.includes(layer) ? on.filter((l) => l !== layer) : [...on, layer].sort((a, b) => a - b);
    if (next.length > 0) setField('adaptLayers', next.length === depth ? null : next);
  };
  return (
    <div data-control="setup-adaptLayers">
      <Field
        label="Layers that adapt"
        group
        hint="From the output towards the input. One at least stays."
        changed={chosen !== null}
        onPutBack={() => setField('adaptLayers', null)}
      >
        {({ labelId }) => (
          <div className={styles.classes} role="group" aria-labelledby={labelId}>
            {all.map((layer) => (
              <label key={layer}>
                <input
                  type="checkbox"
                  checked={on.includes(layer)}
                  disabled={on.length === 1 && on[0] === layer}
                  onChange={() => toggle(layer)}
                />
                Layer {layer + 1}
              </label>
            ))}
          </div>
        )}
      </Field>
    </div>
  );
}

/** Automatic adaptation: each layer keeps S scaffold units, growing and shedding as it needs. */
export function AdaptGroup() {
  const theta = useLab((state) => state.configuration.theta);
  return (
    <>
      <p>
        <Button size="small" onClick={startAdaptingTasks}>
          Adapting through three tasks (restarts)
        </Button>
      </p>
      <SwitchItem
        field="adapt"
        label="Adapt"
        hint={`Keeps S units with σ at or below θ (now ${theta}, above) in each layer: grows when there are fewer, sheds when there are more.`}
      />
      <NumberItem
        field="scaffold"
        label="Scaffold units S"
        hint="Units. σ that a layer lacks, being wider than its input, count as 0."
      />
      <NumberItem
        field="adaptEvery"
        label="Every"
        hint="Steps from one decision to the next. 0: once an epoch."
      />
      <NumberItem field="adaptCap" label="Cap" hint="Most units a layer may grow to by itself. 0: no cap." />
      <NumberItem field="adaptCooldown" label="Cooldown" hint="Steps a layer rests after a change." />
      <Layers />
    </>
  );
}
