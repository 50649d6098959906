import { encodeConfiguration } from '../../configuration/url';
import { followRoute, useRoute } from '../../store/route';
import { parseWorkbenchAddress } from '../../workbench/state/address';
import { useLab } from '../../store/lab';
import { withDebugKept } from '../../worker/debugAddress';
import type { LabStore } from '../../store/state';
import { percent } from '../../drawing/format';
import { takeDrops } from './networkFiles';

/** The address is rewritten at most this often: Safari refuses more than about 100 changes in 30 s. */
const URL_INTERVAL_MS = 350;

/** The link that opens this configuration. */
export function linkOf(lab: Pick<LabStore, 'configuration'>): string {
  const query = encodeConfiguration(lab.configuration);
  return `${location.origin}${location.pathname}${query && `?${query}`}`;
}

function keepAddress(): void {
  let timer = 0;
  useLab.subscribe(
    (state) => state.configuration,
    () => {
      timer ||= window.setTimeout(() => {
        timer = 0;
        const link = withDebugKept(linkOf(useLab.getState()), location.search) + location.hash;
        if (link !== location.href) history.replaceState(history.state, '', link);
      }, URL_INTERVAL_MS);
    },
  );
}

/** The title of the tab. While the run plays it shows the accuracy, so that a hidden tab can be watched. */
function titleOf(lab: Pick<LabStore, 'run' | 'evaluations'>): string {
  if (lab.run.status !== 'playing') return 'Parsimony';
  const accuracy = lab.evaluations.main?.accuracy;
  return accuracy === undefined ? '▶ Parsimony' : `▶ ${percent(accuracy)} – Parsimony`;
}

function keepTitle(): void {
  useLab.subscribe(titleOf, (title) => (document.title = title));
}

/** The place follows the address: a link to the experiments opens them, the browser's Back returns to the lab. */
function keepPlace(): void {
  const apply = ({ hash }: { hash: string }): void => {
    const lab = useLab.getState();
    const there = parseWorkbenchAddress(hash) !== null;
    if (there !== (lab.ui.place === 'experiments'))
      lab.setUi({ place: there ? 'experiments' : 'lab', overlay: null });
  };
  followRoute();
  useRoute.subscribe(apply);
  apply(useRoute.getState());
}

function keepTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    const { theme, present } = useLab.getState().ui;
    const { dataset } = document.documentElement;
    dataset.theme = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    if (present) dataset.present = '';
    else delete dataset.present;
  };
  dark.addEventListener('change', apply);
  useLab.subscribe((state) => `${state.ui.theme} ${state.ui.present}`, apply);
  apply();
}

/** Connects the page with the store: address, title, theme and dropped files. Called once, before the first render. */
export function startPageEffects(): void {
  keepTheme();
  keepTitle();
  keepAddress();
  keepPlace();
  takeDrops();
}
