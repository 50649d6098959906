import { lazy, Suspense, useCallback } from 'react';
import { useLab } from '../../store/lab';
import { Dialog } from '../kit';
import { OwnData } from '../data/OwnData';
import { StateDict } from '../data/StateDict';
import { About } from './About';
import { Keys } from '../frame/Keys';
import { Search } from '../search/Search';
import { SetUp } from '../setup/SetUp';

const MeasureMachine = lazy(async () => ({
  default: (await import('../../machine/views/MeasureMachine')).MeasureMachine,
}));

/** What is open over the lab: one thing at a time. (The wall of tiles belongs to the stage.) */
export function Overlays() {
  const overlay = useLab((state) => state.ui.overlay);
  const place = useLab((state) => state.ui.place);
  const close = useCallback(() => useLab.getState().setUi({ overlay: null, place: 'lab' }), []);
  if (place === 'about')
    return (
      <Dialog title="About Parsimony" onClose={close}>
        <About />
      </Dialog>
    );
  switch (overlay) {
    case 'setup':
      return (
        <Dialog kind="drawer" title="Set-up" onClose={close}>
          <SetUp />
        </Dialog>
      );
    case 'search':
      return (
        <Dialog title="Search" onClose={close}>
          <Search onClose={close} />
        </Dialog>
      );
    case 'own-data':
      return (
        <Dialog title="Your own data" onClose={close}>
          <OwnData />
        </Dialog>
      );
    case 'state-dict':
      return (
        <Dialog title="A network from PyTorch" onClose={close}>
          <StateDict />
        </Dialog>
      );
    case 'machine':
      return (
        <Dialog kind="wide" title="Measure this machine" onClose={close}>
          <Suspense fallback={<p role="status">Loading …</p>}>
            <MeasureMachine />
          </Suspense>
        </Dialog>
      );
    case 'keys':
      return (
        <Dialog title="Keys" onClose={close}>
          <Keys />
        </Dialog>
      );
    default:
      return null;
  }
}
