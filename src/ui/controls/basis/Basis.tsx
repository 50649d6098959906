import { isIsotropicActivation } from '../../../activations/lookup';
import { useState } from 'react';
import { useLab } from '../../../store/lab';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import { Button, IconButton, Segmented, Switch, Tooltip } from '../../kit';
import { BasisMenu } from '../HandMenu';
import { Hand, HandStatus } from '../Hand';
import styles from '../Hand.module.css';
import { fullRefusal, surgeryRefusal } from '../neurons/legality';
import { type PathOperation, usePathPlayer } from './pathPlayer';
import { Refused } from '../Refused';
import { actions } from '../../kit/actions';

/** How far the logits of the network on screen are from those at the start of the path, and its accuracy. */
function FrameReadout() {
  const frame = useLab((state) => state.frame);
  const elementwise = useLab(
    ({ snapshots: { main } }) => !main || !isIsotropicActivation(main.spec.activation),
  );
  if (!frame) return null;
  return (
    <HandStatus tone={frame.residual < 1e-3 ? 'good' : 'warn'}>
      max |Δlogit| {significant(frame.residual, 2)}, accuracy {percent(frame.accuracy).replace(' ', '\u00a0')}{' '}
      (n&nbsp;=&nbsp;{groupedInteger(frame.n)})
      {frame.twin && (
        <>
          <br />
          {elementwise ? 'twin' : 'tanh twin'}: {significant(frame.twin.residual, 2)},{' '}
          {percent(frame.twin.accuracy)}
        </>
      )}
    </HandStatus>
  );
}

/** A slider for the position on the path from the present basis to that of an operation. */
function Scrubber({ operation, disabled }: { operation: PathOperation; disabled: boolean }) {
  const phase = usePathPlayer((state) => state.phase);
  const wanted = usePathPlayer((state) => state.wanted);
  const { scrub, pause, resume } = usePathPlayer.getState();
  const open = phase === 'playing' || phase === 'paused';
  return (
    <div className={styles.row} data-control="scrub">
      {open && (
        <IconButton
          icon={phase === 'playing' ? 'pause' : 'play'}
          size="small"
          label={phase === 'playing' ? 'Pause the turn' : 'Go on turning'}
          onClick={phase === 'playing' ? pause : resume}
        />
      )}
      <input
        type="range"
        className={styles.scrub}
        min={0}
        max={1}
        step={0.005}
        value={wanted}
        aria-label="Position on the path of bases"
        aria-valuetext={`${Math.round(wanted * 100)} % of the way`}
        disabled={disabled || phase === 'closing'}
        onChange={(event) => scrub(Number(event.target.value), operation)}
      />
      <span className={styles.times}>{wanted.toFixed(2)}</span>
    </div>
  );
}

/**
 * The two operations that change the basis; while a path is paused, the two ways to leave it stand in their place, so
 * that nothing moves.
 */
function Turn({ kind, focus, disabled }: { kind: 'left' | 'full'; focus: number; disabled: boolean }) {
  const phase = usePathPlayer((state) => state.phase);
  const { run, end } = usePathPlayer.getState();
  if (phase === 'paused') {
    return (
      <div className={styles.row}>
        <span className={styles.grow}>
          <Button wide icon="check" onClick={() => end(true)}>
            Keep here
          </Button>
        </span>
        <Button icon="undo" onClick={() => end(false)}>
          Back
        </Button>
      </div>
    );
  }
  const busy = disabled || phase !== 'idle';
  return (
    <div className={styles.row}>
      <span className={styles.grow} data-control="diagonalise">
        <Button
          look="primary"
          wide
          icon="diagonal"
          disabled={busy}
          onClick={() => run({ kind, layer: focus })}
        >
          Diagonalise
        </Button>
      </span>
      <span data-control="rotate">
        <Button
          icon="rotate"
          disabled={busy}
          onClick={() => run({ kind: 'rotate', layer: focus, seed: Math.floor(Math.random() * 1e6) })}
        >
          Rotate
        </Button>
      </span>
    </div>
  );
}

const KINDS = [
  { id: 'left', label: 'left' },
  { id: 'full', label: 'full' },
] as const;

/** The third hand: the basis of the focus layer. */
export function Basis() {
  const focus = useLab((state) => state.ui.focus);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const status = useLab((state) => state.run.status);
  const keep = useLab((state) => state.configuration.keepDiagonal);
  const frame = useLab((state) => state.frame);
  const { control } = actions();
  const [wish, setWish] = useState<'left' | 'full'>('left');
  const refusal = fullRefusal(spec, focus);
  const kind = refusal ? 'left' : wish;
  const elementwise = !spec || !isIsotropicActivation(spec.activation);
  const reason = surgeryRefusal(spec, focus);
  const disabled = reason !== null || ['starting', 'loading', 'failed'].includes(status);
  const segments = KINDS.map((k) => ({ ...k, disabled: k.id === 'full' && refusal !== null }));
  const choice = (
    <Segmented label="Kind of diagonalisation" choices={segments} value={kind} onChange={setWish} />
  );
  return (
    <Hand
      id="basis"
      title="Basis"
      value={
        <span className={styles.side}>
          {refusal ? <Tooltip text={refusal}>{choice}</Tooltip> : choice}
          <BasisMenu />
        </span>
      }
    >
      <Turn kind={kind} focus={focus} disabled={disabled} />
      {reason ? (
        <Refused reason={reason} />
      ) : (
        <>
          <Scrubber operation={{ kind, layer: focus }} disabled={disabled} />
          <div className={styles.slot}>
            {frame ? (
              <FrameReadout />
            ) : (
              <>
                <span data-control="keep">
                  <Switch checked={keep} onChange={(value) => control({ name: 'keepDiagonal', value })}>
                    Keep diagonal
                  </Switch>
                </span>
                {elementwise && spec && (
                  <HandStatus tone="warn">A control here: it changes the function.</HandStatus>
                )}
              </>
            )}
          </div>
        </>
      )}
    </Hand>
  );
}
