import '@fontsource-variable/inter/wght.css';
import './ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { beginLab, openLab, useLab } from './store/lab';
import { App } from './ui/App';
import { startPageEffects } from './ui/frame/pageEffects';

beginLab();
startPageEffects();
// For the browser's console and the journeys: `parsimony.lab.getState()` is all the page knows, actions included.
Object.assign(window, { parsimony: { lab: useLab } });
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// The first paint shows the initial network; only then do the workers (and with them tfjs) begin to load.
requestAnimationFrame(() => setTimeout(openLab));
