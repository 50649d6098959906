import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';
import { ACTIVATIONS } from '../../network/spec';
import { useMedia } from '../kit';
import styles from './Bar.module.css';
import { EnginePill } from './EnginePill';
import { Menu } from './Menu';
import { Numbers } from './Numbers';
import { Share } from './Share';
import { Transport } from './Transport';
import { actions } from '../kit/actions';

const SHORT = { 'isotropic-tanh': 'isotropic', tanh: 'elementwise tanh', relu: 'ReLU' } as const;

/** "Fashion-MNIST · 784→128→64→10 · isotropic · seed 7", with the widths the network has now. Opens Set-up. */
function Chip() {
  const configuration = useLab((state) => state.configuration);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const { setUi } = actions();
  const data = DATASETS[configuration.data];
  const hidden = spec?.hidden.map((layer) => layer.width) ?? configuration.hidden;
  const inputs = spec?.inputs ?? data.width * data.height;
  const sizes = [inputs, ...hidden, spec?.outputs ?? data.classNames.length].join('→');
  const activation = ACTIVATIONS.find((a) => a.id === configuration.activation);
  return (
    <button
      type="button"
      className={styles.chip}
      aria-label={`Set-up: ${data.label}, layers ${sizes}, ${activation?.label ?? ''}, seed ${configuration.seed}`}
      onClick={() => setUi({ overlay: 'setup' })}
    >
      <span>{data.label}</span>
      <span className={styles.sizes}>{sizes}</span>
      <span className={styles.optional}>{SHORT[configuration.activation]}</span>
      <span className={styles.optional}>seed {configuration.seed}</span>
    </button>
  );
}

/** The bar: what is running, transport, the three numbers, and where it runs. */
export function Bar({ narrow }: { narrow: boolean }) {
  const small = useMedia('(max-width: 1179px)');
  if (narrow) {
    return (
      <div className={styles.bar} data-narrow>
        <Transport narrow />
        <Numbers narrow />
        <Menu narrow />
      </div>
    );
  }
  return (
    <div className={styles.bar}>
      <div className={styles.left}>
        <span className={styles.name}>Parsimony</span>
        <Chip />
      </div>
      <Transport />
      <div className={styles.right}>
        <Numbers narrow={small} />
        <span className={styles.tools}>
          {!small && <Share />}
          <Menu />
        </span>
        <EnginePill />
      </div>
    </div>
  );
}
