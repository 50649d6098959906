import { useState } from 'react';
import { isIsotropicActivation } from '../../../activations/lookup';
import { intrinsicLengthSetting, TYPED_RANGE } from '../../../network/settings';
import { isotropicActivation } from '../../../network/network';
import { O_FLOOR } from '../../../network/spec';
import { useLab } from '../../../store/lab';
import { groupedInteger, typedNumber } from '../../../drawing/format';
import { Button, LogSlider, NumberField } from '../../kit';
import { GaugesPopover } from '../basis/GaugesPopover';
import { Hand, StatusLines, HandStatus } from '../Hand';
import styles from '../Hand.module.css';
import { Refused } from '../Refused';
import { useTrackWindow } from '../lambda/useTrackWindow';
import { lengthWindow, logHistogram, type TrackWindow } from '../lambda/trackWindows';
import { actions } from '../../kit/actions';

const BINS = 32;
const NONE = new Float32Array(0);

/** The ‖z‖² of the test images as a silhouette on the track, in the same unit as o. */
function Histogram({ norms, window }: { norms: Float32Array; window: TrackWindow }) {
  const shares = logHistogram(norms, window, BINS);
  const top = Math.max(...shares, 1e-9);
  const path = shares.map((share, i) => `H${i} V${(1 - share / top).toFixed(3)} H${i + 1}`).join(' ');
  return (
    <svg className={styles.hist} viewBox={`0 0 ${BINS} 1`} preserveAspectRatio="none" aria-hidden="true">
      <path d={`M0 1 ${path} V1 Z`} />
    </svg>
  );
}

const MODE_TEXT = { off: 'off', fixed: 'fixed', trained: 'trained' } as const;

/** Says why o cannot be changed here, and what can be done. */
function Unavailable({ elementwise, parted }: { elementwise: boolean; parted: boolean }) {
  const { change } = actions();
  if (parted) return <Refused id="o-status" reason="None here:" brief />;
  return (
    <HandStatus id="o-status">
      {elementwise ? 'None here:' : 'o is off, an exact 0:'}{' '}
      <span className={styles.links}>
        <Button
          look="quiet"
          size="small"
          onClick={() =>
            change(
              elementwise
                ? { activation: 'isotropic-tanh', initialisation: 'orthogonal', oMode: 'trained' }
                : { oMode: 'trained' },
            )
          }
        >
          {elementwise ? 'isotropic (restarts)' : 'on (restarts)'}
        </Button>
      </span>
    </HandStatus>
  );
}

/** The second control: the intrinsic length o of the focus layer, on a slider that also shows the layer's ‖z‖². */
export function Length() {
  const focus = useLab((state) => state.ui.focus);
  const held = useLab((state) => state.ui.held === 'o');
  const snapshot = useLab((state) => state.snapshots.main);
  const configuration = useLab((state) => state.configuration);
  const norms = useLab((state) => state.evaluations.main?.squaredNorms.at(state.ui.focus) ?? NONE);
  const { control, setUi } = actions();
  const [error, setError] = useState<string | null>(null);
  // What the hand has just set is shown until a snapshot taken after it arrives.
  const [pending, setPending] = useState<{ value: number; seen: unknown; layer: number } | null>(null);
  if (pending && !held && (pending.seen !== snapshot || pending.layer !== focus)) setPending(null);

  const window = useTrackWindow(lengthWindow(norms), held, { low: 1e-2, high: 1e4 });
  const layer = snapshot?.spec.hidden.at(focus);
  const activation = snapshot ? isotropicActivation(snapshot.spec, focus) : null;
  const elementwise = snapshot ? activation === null : !isIsotropicActivation(configuration.activation);
  // Paths and convolutions have no o in any activation.
  const parted = layer?.paths ?? layer?.convolution;
  const mode = layer?.o ?? configuration.oMode;
  const able = !elementwise && mode !== 'off';
  const live = snapshot?.o.at(focus) ?? intrinsicLengthSetting(configuration, focus);
  const value = able ? (pending?.value ?? Math.max(O_FLOOR, live)) : 0;
  const set = (next: number): void => {
    setPending({ value: next, seen: snapshot, layer: focus });
    control({ name: 'o', layer: focus, value: next });
  };
  return (
    <Hand
      id="o"
      title="o intrinsic length"
      value={
        <NumberField
          label="o, typed: 1e-6 to 1e4"
          compact
          min={O_FLOOR}
          max={TYPED_RANGE.max}
          value={value}
          format={typedNumber}
          disabled={!able}
          onCommit={set}
          onError={setError}
        />
      }
    >
      {error && <HandStatus tone="bad">{error}</HandStatus>}
      <LogSlider
        label="o"
        testId="o"
        value={value}
        valueText={`o ${typedNumber(value)}`}
        track={{ ...window, zero: false }}
        min={O_FLOOR}
        max={TYPED_RANGE.max}
        colour="var(--length)"
        ends={['shell', 'linear']}
        backdrop={<Histogram norms={norms} window={window} />}
        disabled={!able}
        describedBy="o-status"
        onChange={set}
        onHold={(on) => setUi({ held: on ? 'o' : null })}
      />
      <StatusLines n={1}>
        {able ? (
          <HandStatus id="o-status">
            {MODE_TEXT[mode]}
            {norms.length > 0 && activation && (
              <>
                {` · ‖z‖², n ${groupedInteger(norms.length)} · `}
                <GaugesPopover norms={norms} o={value} window={window} activation={activation} />
              </>
            )}
          </HandStatus>
        ) : (
          <Unavailable elementwise={elementwise} parted={parted !== undefined} />
        )}
      </StatusLines>
    </Hand>
  );
}
