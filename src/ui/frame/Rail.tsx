import { Basis } from '../controls/basis/Basis';
import { Focus } from '../controls/Focus';
import { Lambda } from '../controls/lambda/Lambda';
import { Length } from '../controls/length/Length';
import { Neurons } from '../controls/neurons/Neurons';
import { useLab } from '../../store/lab';
import { Icon, IconButton, Popover } from '../kit';
import styles from './Rail.module.css';
import { actions } from '../kit/actions';

const ICONS = [
  { label: 'λ energy weight', sign: 'λ', Hand: Lambda },
  { label: 'o intrinsic length', sign: 'o', Hand: Length },
  { label: 'Basis', sign: <Icon name="diagonal" size={22} />, Hand: Basis },
  { label: 'Neurons', sign: '−+', Hand: Neurons },
];

/** The controls as icons, in the Present mode; each opens its control. */
function RailIcons() {
  const { setUi } = actions();
  return (
    <div className={styles.icons}>
      {ICONS.map(({ label, sign, Hand }) => (
        <Popover
          key={label}
          label={label}
          trigger={
            <>
              <span className="visually-hidden">{label}</span>
              <span aria-hidden="true">{sign}</span>
            </>
          }
          triggerClass={styles.icon}
        >
          {() => (
            <div className={styles.floating}>
              <Hand />
            </div>
          )}
        </Popover>
      ))}
      <IconButton icon="settings" label="Set-up" size="large" onClick={() => setUi({ overlay: 'setup' })} />
    </div>
  );
}

/** The column of the four main controls; below them the way to Set-up. */
export function Rail() {
  const present = useLab((state) => state.ui.present);
  const { setUi } = actions();
  if (present) return <RailIcons />;
  return (
    <div className={styles.rail}>
      <Focus />
      <div className={styles.hands}>
        <Lambda />
        <Length />
        <Basis />
        <Neurons />
      </div>
      <button type="button" className={styles.setup} onClick={() => setUi({ overlay: 'setup' })}>
        Set-up <Icon name="right" />
      </button>
    </div>
  );
}
