import { useLab } from '../../../store/lab';
import { percent } from '../../../drawing/format';
import { Icon } from '../../kit';
import { useLiveStage } from '../model/liveStage';
import { outputNames } from '../model/outputs';
import styles from '../Stage.module.css';

/** What the network reads in the image under study: computed here, in float64, from the weights drawn. */
export function PredictedClass({ truth }: { truth: string | null }) {
  const reading = useLiveStage(({ model }) => model?.reading ?? null);
  const data = useLab((state) => state.configuration.data);
  const names = useLiveStage(({ model }) => outputNames(data, model?.snapshot.spec.blocks).join('\n')).split(
    '\n',
  );
  if (!reading || truth === null)
    return (
      <p className={styles.verdict} data-testid="verdict">
        <span className={styles.term}>none yet</span>
      </p>
    );
  // After a diverged step the largest of the logits means nothing.
  const share = reading.probabilities[reading.top];
  if (!Number.isFinite(share))
    return (
      <div className={styles.verdict} data-right={false} data-testid="verdict">
        <p>
          <span className={styles.term}>is</span> {truth}
        </p>
        <p className={styles.sign}>
          <Icon name="error" size={14} />
          logits are no numbers
        </p>
      </div>
    );
  return (
    <div className={styles.verdict} data-right={reading.right} data-testid="verdict">
      <p>
        <span className={styles.term}>is</span> {truth}
      </p>
      <p>
        <span className={styles.term}>reads</span> <b>{names[reading.top]}</b>
      </p>
      <p className={styles.sign}>
        <Icon name={reading.right ? 'check' : 'close'} size={14} />
        {percent(share, 0)}, {reading.right ? 'right' : 'wrong'}
      </p>
    </div>
  );
}
