import { pushRoute } from '../../store/route';
import { workbenchAddress } from '../../workbench/state/address';
import { useLab } from '../../store/lab';
import { openOwnData } from '../../store/ownData';
import { Icon, type IconName, Popover } from '../kit';
import styles from './Bar.module.css';
import { EngineDetails } from './EnginePill';
import { useCopy } from '../kit/useCopy';
import { chooseNetwork, saveNetwork } from '../frame/networkFiles';
import { linkOf } from '../frame/pageEffects';
import { PaceChoice } from './Transport';
import { actions } from '../kit/actions';

interface Item {
  icon: IconName;
  label: string;
  hotkey?: string;
  disabled?: boolean;
  act: () => void;
}

function Entries({ items, close }: { items: Item[]; close: () => void }) {
  return items.map(({ icon, label, hotkey, disabled, act }) => (
    <button
      key={label}
      type="button"
      disabled={disabled}
      onClick={() => {
        close();
        act();
      }}
    >
      <Icon name={icon} />
      {label}
      {hotkey && <kbd>{hotkey}</kbd>}
    </button>
  ));
}

/**
 * Everything that does not steer the run: set-up, search, Present, keys, About; on a phone also play, step and the
 * engine.
 */
export function Menu({ narrow }: { narrow?: boolean }) {
  const present = useLab((state) => state.ui.present);
  const status = useLab((state) => state.run.status);
  const { setUi, reset, newSeed, step } = actions();
  const [, copy] = useCopy();
  const run: Item[] = [
    { icon: 'reset', label: 'Reset to the same start', hotkey: 'R', act: reset },
    { icon: 'rotate', label: 'New seed', hotkey: '⇧ R', act: newSeed },
    {
      icon: 'step',
      label: 'Train one epoch',
      hotkey: '⇧ .',
      disabled: status !== 'paused' && status !== 'resting',
      act: () => step('epoch'),
    },
  ];
  const files: Item[] = [
    { icon: 'up', label: 'Your own data …', act: openOwnData },
    { icon: 'down', label: 'Network as .safetensors', act: saveNetwork },
    { icon: 'up', label: 'Import a network …', act: chooseNetwork },
  ];
  const places: Item[] = [
    { icon: 'settings', label: 'Set-up', act: () => setUi({ overlay: 'setup' }) },
    { icon: 'search', label: 'Search', hotkey: '/', act: () => setUi({ overlay: 'search' }) },
    { icon: 'copy', label: 'Copy link', act: () => copy(linkOf(useLab.getState())) },
    {
      icon: 'present',
      label: present ? 'Leave Present' : 'Present',
      hotkey: 'P',
      act: () => setUi({ present: !present }),
    },
    { icon: 'keyboard', label: 'Keys', hotkey: '?', act: () => setUi({ overlay: 'keys' }) },
    { icon: 'flask', label: 'Experiments', act: () => pushRoute(workbenchAddress()) },
    { icon: 'gauge', label: 'Measure this machine', act: () => setUi({ overlay: 'machine' }) },
    { icon: 'info', label: 'About', act: () => setUi({ place: 'about' }) },
  ];
  return (
    <Popover label="Menu" icon="menu">
      {(close) => (
        <div className={styles.menu}>
          {narrow && (
            <div className={styles.pace}>
              Pace <PaceChoice />
            </div>
          )}
          <Entries items={run} close={close} />
          <hr />
          <Entries items={files} close={close} />
          <hr />
          <Entries items={places} close={close} />
          {narrow && (
            <>
              <hr />
              <EngineDetails />
            </>
          )}
        </div>
      )}
    </Popover>
  );
}
