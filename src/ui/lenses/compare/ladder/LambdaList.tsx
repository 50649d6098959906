import { useId, useState } from 'react';
import { Button } from '../../../kit';
import field from '../../../kit/Field.module.css';
import styles from '../Compare.module.css';
import { LADDER_TEXT, PAPER_TEXT, readLambdas } from './ladder';
import { askSweep, useCompare } from '../view';

/** The λs of the copies, typed as a list; a bad list stays as typed, with the reason. `running`: those that train now. */
export function LambdaList({ running }: { running: number[] | null }) {
  const text = useCompare((state) => state.text);
  const read = readLambdas(text);
  // A half-typed list is not yet an error.
  const [typing, setTyping] = useState(false);
  const id = useId();
  const wrong = typeof read === 'string' && !typing ? read : null;
  const lambdas = typeof read === 'string' ? null : read;
  const changed = running !== null && lambdas !== null && lambdas.join() !== running.join();
  const put = (list: string): void => {
    setTyping(false);
    useCompare.setState({ text: list });
  };
  return (
    <div className={styles.list}>
      <label htmlFor={id}>λs</label>
      <input
        id={id}
        className={field.input}
        type="text"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-note`}
        data-testid="ladder-lambdas"
        value={text}
        onChange={(event) => {
          setTyping(true);
          useCompare.setState({ text: event.target.value });
        }}
        onBlur={() => setTyping(false)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setTyping(false);
        }}
      />
      <div id={`${id}-note`} className={styles.listNote}>
        {wrong ? (
          <span className={styles.wrong} role="alert">
            {wrong}
          </span>
        ) : changed ? (
          <Button look="quiet" size="small" onClick={() => askSweep({ kind: 'ladder', lambdas })}>
            Start anew with these
          </Button>
        ) : text === PAPER_TEXT ? (
          <span>takes thousands of steps to separate</span>
        ) : null}
        {text !== LADDER_TEXT && (
          <Button look="quiet" size="small" onClick={() => put(LADDER_TEXT)}>
            put back
          </Button>
        )}
        {text !== PAPER_TEXT && (
          <span>
            <Button look="quiet" size="small" title={PAPER_TEXT} onClick={() => put(PAPER_TEXT)}>
              the paper’s grid
            </Button>
            {' · takes thousands of steps to separate'}
          </span>
        )}
      </div>
    </div>
  );
}
