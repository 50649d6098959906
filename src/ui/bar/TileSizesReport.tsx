import { useLab } from '../../store/lab';
import styles from './Bar.module.css';

/** The tile sizes that the compiled WebGPU engine was fitted with on this graphics card, and what was measured of each. */
export function TileSizesReport() {
  const tiles = useLab((state) => state.tiles);
  if (!tiles) return null;
  return (
    <>
      <h2>Fitted to this graphics card</h2>
      <p>In use: {tiles.using}. Tried on copies of a network of this shape:</p>
      <table className={styles.measured}>
        <tbody>
          {tiles.rows.map(({ id, label, msPerStep, note }) => (
            <tr key={id}>
              <th scope="row">{label}</th>
              <td title={note}>
                {msPerStep === null ? 'not taken' : `${Number(msPerStep.toPrecision(3))} ms`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
