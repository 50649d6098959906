import { useLab } from '../../store/lab';
import { Button } from '../kit';
import styles from './Bar.module.css';
import { graphicsReport } from './graphicsReport';
import { useCopy } from '../kit/useCopy';

/** Kinds of network listed at most; the report has all. */
const LISTED = 3;

const kinds = (n: number): string => `${n} ${n === 1 ? 'kind' : 'kinds'} of network`;

/** What the self-check of the compiled WebGPU engine found on this graphics card; where it failed, what differed and a report to send. */
export function GraphicsCheckReport() {
  const graphics = useLab((state) => state.graphics);
  const [copied, copy] = useCopy();
  if (!graphics) return null;
  if (graphics.state === 'running')
    return (
      <>
        <h2>Self-check</h2>
        <p role="status">
          Checking this graphics card: a few steps of each kind of network are compared with float64
          {graphics.waits ? '.' : ' while training goes on.'}
        </p>
      </>
    );
  const { outcome } = graphics;
  if (!outcome) return null;
  const { passed, adapter, results, checkedAt } = outcome;
  const wrong = results.filter(({ differences }) => differences.length > 0);
  const when = new Date(checkedAt).toLocaleDateString();
  if (passed)
    return (
      <>
        <h2>Self-check</h2>
        <p>
          On {adapter}, WebGPU (compiled) agrees with float64 on {kinds(results.length)}
          (checked on {when}).
        </p>
      </>
    );
  return (
    <>
      <h2>Self-check failed</h2>
      <p>
        On {adapter}, WebGPU (compiled) differs from float64 on {wrong.length} of {kinds(results.length)}{' '}
        (checked on {when}), so it is not used here:
      </p>
      <ul className={styles.differences}>
        {wrong.slice(0, LISTED).map(({ id, label, differences }) => (
          <li key={id}>
            {label}: {differences[0]}
          </li>
        ))}
        {wrong.length > LISTED && <li>… and {wrong.length - LISTED} more kinds.</li>}
      </ul>
      <p>
        <Button size="small" icon="copy" onClick={() => copy(graphicsReport(outcome))}>
          {copied === 'copied' ? 'Copied' : copied === 'refused' ? 'The browser refused' : 'Copy report'}
        </Button>{' '}
        A report helps us mend it: please open an issue with it.
      </p>
    </>
  );
}
