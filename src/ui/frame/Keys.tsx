import { useLab } from '../../store/lab';
import { Switch } from '../kit';
import { KEYS } from './keys';
import styles from '../overlays/Overlays.module.css';
import { actions } from '../kit/actions';

/** The list of keys, and the switch for single letters. */
export function Keys() {
  const singleKeys = useLab((state) => state.ui.singleKeys);
  const { setUi } = actions();
  return (
    <>
      <table className={styles.keys}>
        <tbody>
          {KEYS.map(({ keys, describe }) => (
            <tr key={describe}>
              <th scope="row">
                {keys.map((key) => (
                  <span key={key}>{key === '…' ? ' … ' : <kbd>{key}</kbd>} </span>
                ))}
              </th>
              <td>{describe}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <kbd>Esc</kbd>
            </th>
            <td>Close what is open</td>
          </tr>
          <tr>
            <th scope="row">
              <kbd>←</kbd> <kbd>→</kbd>
            </th>
            <td>On a slider: fine; with Shift: coarse; Home: 0</td>
          </tr>
        </tbody>
      </table>
      <p>
        <Switch checked={singleKeys} onChange={(next) => setUi({ singleKeys: next })}>
          Single-letter keys
        </Switch>
      </p>
    </>
  );
}
