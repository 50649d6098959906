import type { Destination } from '../../glossary/types';
import { useLab } from '../../store/lab';
import { pushRoute } from '../../store/route';
import { workbenchAddress } from '../../workbench/state/address';
import { focusControl } from '../frame/focusControl';
import { useCompare } from '../lenses/compare/view';
import { useEnergy } from '../lenses/energy/view';
import { inspectFirst } from '../lenses/inspector/state';
import { useSpectrum } from '../lenses/spectrum/view';

/** Brings on screen what an entry of the glossary is about. */
export function goToDestination(to: Destination): void {
  if ('control' in to) {
    focusControl(to.control);
  } else if ('place' in to) {
    if (to.place === 'experiments') pushRoute(workbenchAddress());
    else inspectFirst();
  } else {
    if (to.lens === 'energy' && to.view) useEnergy.setState({ view: to.view });
    if (to.lens === 'spectrum' && to.view) useSpectrum.setState({ view: to.view });
    if (to.lens === 'compare' && to.view) useCompare.setState({ view: to.view });
    useLab.getState().setUi({ lens: to.lens, lensOpen: true });
  }
}
