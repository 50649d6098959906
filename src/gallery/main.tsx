import '@fontsource-variable/inter/wght.css';
import '../ui/theme.css';
import { createRoot } from 'react-dom/client';
import { GalleryPage } from './GalleryPage';
import { readPlace } from './place';
import { stateOfPlace } from './registry';

/*
 * The gallery: every part of the interface in its states, on fixed data, for people at work on it. It is served in development only
 * (`npm start`, then /gallery.html) and is no part of the built site. No engine runs and no worker is opened here.
 */
const place = readPlace(location.search);
const { dataset } = document.documentElement;
dataset.theme = place.theme;
const { section, state } = stateOfPlace(place);
if (state) state.window?.prepare?.();
else section.prepare?.();
const root = document.getElementById('root');
if (!root) throw new Error('gallery.html has no #root.');
createRoot(root).render(<GalleryPage place={place} />);

/** Fonts come late, and what is measured waits for them; then a window does what its state asks, and says that it can be looked at. */
async function settle(page: HTMLElement): Promise<void> {
  const painted = (): Promise<unknown> =>
    new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await painted();
  await document.fonts.load('600 14px "Inter Variable"', 'A λ σ');
  await document.fonts.ready;
  await painted();
  state?.window?.act?.(page);
  await painted();
  dataset.ready = '';
}
void settle(root);
