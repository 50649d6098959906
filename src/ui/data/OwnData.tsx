import { useState } from 'react';
import { ACCEPTED_FORMATS } from '../../data/import/kinds';
import { megabytes } from '../../data/import/limits';
import type { ImportPreview } from '../../data/import/protocol';
import type { SplitChoice } from '../../data/import/values/split';
import { useLab } from '../../store/lab';
import { cancelImport, forgetOwn, keepAndTrain, useImport } from '../../store/ownData';
import { groupedInteger } from '../../drawing/format';
import { Button } from '../kit';
import { Choices } from './Choices';
import { ClassTable } from './ClassTable';
import { ColumnTable } from './ColumnTable';
import { Division, type DivisionState } from './Division';
import { chooseData } from './offer';
import styles from './OwnData.module.css';
import { PartsTable } from './PartsTable';

/** What is being done, and the way to stop it. */
function Progress() {
  const progress = useImport((state) => state.progress);
  const { what, done, total } = progress ?? { what: 'Reading', done: 0, total: 0 };
  return (
    <div className={styles.busy}>
      <span role="status">
        {what}
        {total > 1 ? `: ${groupedInteger(done)} of ${groupedInteger(total)}` : ' …'}
      </span>
      <progress aria-label={what} {...(total > 0 ? { value: done, max: total } : {})} />
      <Button size="small" onClick={cancelImport}>
        Cancel
      </Button>
    </div>
  );
}

/** Files, rows and pictures that were left out. */
function FaultList() {
  const { listed, total } = useImport((state) => state.faults);
  if (total === 0) return null;
  return (
    <details className={styles.faults} open={total <= 5}>
      <summary>
        {groupedInteger(total)} {total === 1 ? 'thing was' : 'things were'} left out
      </summary>
      <ul>
        {listed.map((text, i) => (
          <li key={i}>{text}</li>
        ))}
        {total > listed.length && <li>… and {groupedInteger(total - listed.length)} more like these.</li>}
      </ul>
    </details>
  );
}

/** The own data that are kept, with their size and the way to be rid of them. */
function Kept() {
  const own = useLab((state) => state.own);
  if (!own) return null;
  return (
    <p className={styles.kept}>
      <span>
        Kept now: <strong>{own.name}</strong>, {groupedInteger(own.trainCount + own.testCount)} samples,{' '}
        {megabytes(own.bytes)}. Other data take their place.
      </span>
      <Button size="small" onClick={() => void forgetOwn()}>
        Forget them
      </Button>
    </p>
  );
}

const shapeWords = ({ sample, width, height, channels }: ImportPreview): string =>
  sample === 'picture'
    ? `pictures of ${width} × ${height} pixels, ${channels === 1 ? 'grey' : 'in colour'}`
    : `samples of ${groupedInteger(width)} ${width === 1 ? 'feature' : 'features'}`;

/** So many times must one feature span what another does for the other to be lost beside it. */
const LOST = 1000;

/** Says which feature the others are lost beside, where all are standardised alike. */
function Dwarfing() {
  const columns = useImport((state) => state.choices?.columns);
  const spans = (columns ?? [])
    .filter(({ used, range }) => used && range)
    .map(({ name, range }) => ({ name, span: range ? range[1] - range[0] : 0 }))
    .filter(({ span }) => span > 0)
    .sort((a, b) => b.span - a.span);
  const [largest, smallest] = [spans.at(0), spans.at(-1)];
  if (!largest || !smallest || largest.span < LOST * smallest.span) return null;
  return (
    <p className={styles.private}>
      “{largest.name}” spans so much more than “{smallest.name}” that, alike, the smaller is as good as
      constant: standardise each feature by itself.
    </p>
  );
}

function Ready({ preview }: { preview: ImportPreview }) {
  const busy = useImport((state) => state.phase === 'busy');
  const features = preview.sample === 'features';
  const [division, setDivision] = useState<DivisionState>({
    kind: preview.given ? 'given' : 'random',
    share: 0.2,
    seed: 7,
    standardisation: features ? 'pixel' : 'dataset',
  });
  const { kind, share, seed, standardisation } = division;
  const split: SplitChoice = kind === 'given' && preview.given ? { kind } : { kind: 'random', share, seed };
  const bytes = preview.count * (preview.width * preview.height * preview.channels + 1);
  return (
    <>
      <p role="status">
        <strong>{preview.name}</strong>: {groupedInteger(preview.count)} {shapeWords(preview)}, in{' '}
        {preview.classNames.length} classes.
      </p>
      {preview.notes.length > 0 && (
        <ul className={styles.notes}>
          {preview.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Division
        value={division}
        onChange={(fields) => setDivision({ ...division, ...fields })}
        given={preview.given !== null}
        features={features}
      />
      {features && standardisation === 'dataset' && <Dwarfing />}
      <ClassTable preview={preview} split={split} />
      <FaultList />
      <div className={styles.footer}>
        <Button look="primary" disabled={busy} onClick={() => keepAndTrain(split, standardisation)}>
          Train on this
        </Button>
        <Button disabled={busy} onClick={cancelImport}>
          Other files
        </Button>
        <span>Takes {megabytes(bytes)} in this browser. The present run ends.</span>
      </div>
    </>
  );
}

/** The dialog of the visitor's own data: open files, see what they hold, decide, train. */
export function OwnData() {
  const phase = useImport((state) => state.phase);
  const preview = useImport((state) => state.preview);
  const choices = useImport((state) => state.choices);
  const problem = useImport((state) => state.problem);
  const opening = phase === 'empty' || phase === 'refused';
  return (
    <div className={styles.own}>
      <p className={styles.private}>
        <strong>Nothing leaves your computer.</strong> Files are read by this page, in this browser, and kept
        in its own storage until you forget them.
      </p>
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {phase === 'busy' && <Progress />}
      {choices && <Choices choices={choices} />}
      {choices?.parts && choices.parts.length > 2 && <PartsTable parts={choices.parts} />}
      {choices?.parts && choices.parts.length <= 2 && phase === 'refused' && (
        <PartsTable parts={choices.parts} />
      )}
      {choices && <ColumnTable choices={choices} />}
      {preview && phase !== 'refused' && (
        <Ready key={`${preview.sample} ${preview.given !== null}`} preview={preview} />
      )}
      {phase === 'refused' && <FaultList />}
      {opening && (
        <>
          <p>Drop files anywhere on this page, or choose them: {ACCEPTED_FORMATS}.</p>
          <p className={styles.open}>
            <Button look="primary" icon="up" data-autofocus onClick={() => chooseData(false)}>
              Choose files …
            </Button>
            <Button onClick={() => chooseData(true)}>Choose a folder …</Button>
          </p>
          <Kept />
        </>
      )}
    </div>
  );
}
