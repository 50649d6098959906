import '@fontsource-variable/inter/wght.css';
import './ui/theme.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { openLab } from './store/lab';
import { App } from './ui/App';
import { startPageEffects } from './ui/frame/pageEffects';

startPageEffects();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// The first paint shows the initial network; only then do the workers (and with them tfjs) begin to load.
requestAnimationFrame(() => setTimeout(openLab));
