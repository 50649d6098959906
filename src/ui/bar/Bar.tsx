import { activationOf } from '../../activations/lookup';
import type { Configuration } from '../../configuration/schema';
import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';
import { sizesName } from '../../network/architectures/counts';
import { ARCHITECTURES } from '../../network/architectures/registry';
import { configuredSpec } from '../../store/firstPaint';
import { useMedia } from '../kit';
import styles from './Bar.module.css';
import { EnginePill } from './EnginePill';
import { ExperimentsButton } from './ExperimentsButton';
import { Menu } from './Menu';
import { Numbers } from './Numbers';
import { Share } from './Share';
import { Transport } from './Transport';
import { actions } from '../kit/actions';

/** "isotropic", "CNN, ReLU", "BimodalTrue": what kind of network, in as few words as tell it. */
function kindOf({ architecture, activation, hidden }: Configuration): string {
  const { label, uses } = ARCHITECTURES[architecture];
  const { name } = activationOf(activation);
  if (architecture === 'mlp') return name;
  // Of Physics-Lagrangian only the layers after the first have the activation.
  const own = uses.includes('activation') && (architecture !== 'lagrangian' || hidden.length > 1);
  return own ? `${label}, ${name}` : label;
}

/** "Fashion-MNIST · 784→128→64→10 · isotropic · seed 7", with the sizes the network has now. Opens Set-up. */
function Chip() {
  const configuration = useLab((state) => state.configuration);
  const spec = useLab((state) => state.snapshots.main?.spec ?? configuredSpec(state.configuration));
  const { setUi } = actions();
  const data = DATASETS[configuration.data];
  const sizes = typeof spec === 'string' ? 'no such network' : sizesName(spec);
  const kind = kindOf(configuration);
  return (
    <button
      type="button"
      className={styles.chip}
      aria-label={`Set-up: ${data.label}, layers ${sizes}, ${kind}, seed ${configuration.seed}`}
      onClick={() => setUi({ overlay: 'setup' })}
    >
      <span>{data.label}</span>
      <span className={styles.sizes}>{sizes}</span>
      <span className={styles.optional}>{kind}</span>
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
        <ExperimentsButton narrow />
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
          <ExperimentsButton />
          {!small && <Share />}
          <Menu />
        </span>
        <EnginePill />
      </div>
    </div>
  );
}
