import { useLab } from '../../store/lab';
import { groupedInteger } from '../../drawing/format';
import styles from './Bar.module.css';
import { useSampleNouns } from '../useSampleNouns';

/** A thin bar under the bar while the images arrive; training may already be under way. */
export function DataProgress() {
  const { many } = useSampleNouns();
  const data = useLab((state) => state.data);
  if (!data || data.train + data.test >= data.trainTotal + data.testTotal) return null;
  const share = data.totalBytes > 0 ? Math.min(1, data.bytes / data.totalBytes) : 0;
  const text = `${groupedInteger(data.train)} of ${groupedInteger(data.trainTotal)} ${many}`;
  return (
    <>
      <div
        className={styles.progress}
        role="progressbar"
        aria-label={`Loading ${many}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * share)}
        aria-valuetext={text}
      >
        <i style={{ transform: `scaleX(${share})` }} />
      </div>
      <span className={styles.progressText}>{text}</span>
    </>
  );
}
