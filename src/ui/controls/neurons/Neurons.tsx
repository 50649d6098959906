import type { PointerEvent } from 'react';
import { useLab } from '../../../store/lab';
import { isIsotropic } from '../../../network/network';
import type { InvarianceReport } from '../../../topology/types';
import { groupedInteger } from '../../../drawing/format';
import { CRITERION_ORDER } from '../../setup/surgeryChoices';
import { Button, IconButton, NumberField } from '../../kit';
import { Hand, StatusLines, HandStatus } from '../Hand';
import styles from '../Hand.module.css';
import { type HoldKind, possibleChange, useHoldToRepeat, focusLayerWidth } from './holdPlayer';
import { surgeryRefusal } from './legality';
import { Refused } from '../Refused';
import { Adapt } from './Adapt';
import { NeuronsMenu } from '../HandMenu';
import { ReportLink } from '../Report';
import { actions } from '../../kit/actions';

/**
 * The tone of a report: good where the function is unchanged, a warning where it changed visibly or without a promise.
 */
function toneOf(report: InvarianceReport): 'good' | 'plain' | 'warn' {
  if (report.unchanged) return 'good';
  return report.promise !== 'first-order' || report.accuracyPoints < -1 ? 'warn' : 'plain';
}

/** − or +: a press is one operation, holding repeats it. */
function HoldButton({ kind, width, disabled }: { kind: HoldKind; width: number; disabled: boolean }) {
  const k = useHoldToRepeat((state) => state.k);
  const { start, stop, once } = useHoldToRepeat.getState();
  const units = possibleChange(kind, k, width);
  const verb = kind === 'remove' ? 'Remove' : 'Grow';
  return (
    <IconButton
      icon={kind === 'remove' ? 'minus' : 'plus'}
      look="plain"
      size="big"
      data-first={kind === 'remove' || undefined}
      label={`${verb} ${k === 1 ? 'one neuron' : `${k} neurons`}, hold to repeat`}
      hotkey={kind === 'remove' ? '-' : '+'}
      disabled={disabled || units === 0}
      onPointerDown={(event: PointerEvent<HTMLButtonElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start(kind);
      }}
      onPointerUp={stop}
      onPointerCancel={stop}
      onLostPointerCapture={stop}
      onContextMenu={(event) => event.preventDefault()}
      // A click without a pointer comes from the keyboard or an assistive tool.
      onClick={(event) => event.detail === 0 && once(kind)}
    />
  );
}

/** Asks, within the control, whether o or ψ may be switched on, where an exact removal needs them. */
function RemovalQuestion() {
  const question = useLab((state) => state.question);
  const { answerQuestion } = actions();
  if (!question) return null;
  const missing = question.missing.map((name) => (name === 'psi' ? 'ψ' : 'o')).join(' and ');
  const are = question.missing.length > 1 ? 'are' : 'is';
  return (
    <div
      className={styles.question}
      role="group"
      aria-label="How to remove"
      ref={(element) => element?.scrollIntoView({ block: 'nearest' })}
    >
      <p role="status">
        {missing} {are} off here: the neuron’s constant has nowhere to go.
      </p>
      <Button size="small" look="primary" onClick={() => answerQuestion('exact')}>
        Exact: set {missing} to fixed
      </Button>
      <div className={styles.row}>
        {question.options.includes('approximate') && (
          <Button size="small" onClick={() => answerQuestion('approximate')}>
            Approximate
          </Button>
        )}
        <Button size="small" onClick={() => answerQuestion(null)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** The fourth control: the number of neurons of the focus layer. */
export function Neurons() {
  const focus = useLab((state) => state.ui.focus);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const width = useLab(focusLayerWidth);
  const status = useLab((state) => state.run.status);
  const undoDepth = useLab((state) => state.run.undoDepth);
  const last = useLab((state) => state.lastReport);
  const asked = useLab((state) => state.question !== null);
  const criterion = useLab((state) => state.configuration.criterion);
  const k = useHoldToRepeat((state) => state.k);
  const { undo } = actions();
  const { setK } = useHoldToRepeat.getState();
  const reason = surgeryRefusal(spec, focus);
  const disabled = reason !== null || !['paused', 'resting', 'playing', 'waiting'].includes(status);
  return (
    <Hand
      id="neurons"
      title="Neurons"
      value={
        <span className={styles.side}>
          <span data-control="undo">
            <Button size="small" icon="undo" disabled={undoDepth === 0} onClick={undo}>
              Undo
            </Button>
          </span>
          <NeuronsMenu />
        </span>
      }
    >
      <div className={styles.row}>
        <span data-control="remove">
          <HoldButton kind="remove" width={width} disabled={disabled} />
        </span>
        <span className={styles.count} aria-live="off">
          {groupedInteger(width)}
        </span>
        <span data-control="grow">
          <HoldButton kind="grow" width={width} disabled={disabled} />
        </span>
        <span className={styles.times} aria-hidden="true">
          ×
        </span>
        <span className={styles.k}>
          <NumberField label="Neurons at once" compact whole min={1} max={512} value={k} onCommit={setK} />
        </span>
      </div>
      <Adapt />
      <RemovalQuestion />
      {reason && <Refused reason={reason} />}
      {!asked && !reason && (
        <StatusLines n={2}>
          {last ? (
            <HandStatus tone={toneOf(last.report)} live>
              {last.report.operation.kind === 'remove' && criterion !== 'sigma' && (
                <>{CRITERION_ORDER[criterion].replace(/^./, (c) => c.toUpperCase())}. </>
              )}
              {last.report.sentence} <ReportLink report={last.report} step={last.step} />
            </HandStatus>
          ) : (
            spec && (
              <HandStatus>
                {isIsotropic(spec, focus)
                  ? `Hold to repeat; ${CRITERION_ORDER[criterion]}.`
                  : 'A control here: removal changes the function.'}
              </HandStatus>
            )
          )}
        </StatusLines>
      )}
    </Hand>
  );
}
