import { DATASETS } from '../../data/registry';
import styles from './Overlays.module.css';

const PAPERS = [
  {
    id: '2604.24805',
    title: 'Energy-first learning',
    text: 'the loss gets a bill for activation energy: L = data loss + λ·E',
  },
  {
    id: '2602.23405',
    title:
      'Isotropic activation functions enable deindividuated neurons and adaptive topologies (George Bird)',
    text: 'activations that know no preferred basis, so that layers can be turned, thinned and grown',
  },
];

/** What this is, on what it rests, and what it does with data. */
export function About() {
  return (
    <div className={styles.about}>
      <p>
        Parsimony is a laboratory in a web page. It trains a real neural network on real images in this
        browser; you bill it for energy, turn its basis, remove and grow its neurons, and see accuracy, energy
        and singular values answer. Everything drawn is the network’s present state.
      </p>
      <h3>Two papers</h3>
      <ul>
        {PAPERS.map(({ id, title, text }) => (
          <li key={id}>
            <a href={`https://arxiv.org/abs/${id}`} rel="noreferrer" target="_blank">
              {title}, arXiv {id}
            </a>
            : {text}.
          </li>
        ))}
      </ul>
      <p>The definitions in force are ours where a paper leaves them open, and the lab says so.</p>
      <h3>Data</h3>
      <ul>
        {Object.values(DATASETS)
          .filter(({ kind }) => kind !== 'own')
          .map(({ id, label, attribution }) => (
            <li key={id}>
              {label}: {attribution.text}.{' '}
              <a href={attribution.url} rel="noreferrer" target="_blank">
                Source
              </a>
              , {attribution.licence}.
            </li>
          ))}
      </ul>
      <h3>Privacy</h3>
      <p>
        Nothing leaves your computer. Images, weights and runs stay in this browser; there are no accounts, no
        cookies, no measurement of visitors. A checkpoint of your last run is kept in the browser’s own
        storage, and so are data of your own, until you forget them.
      </p>
      <h3>Browsers</h3>
      <p>
        Fastest with WebGPU: Chrome and Edge 113 on Windows, macOS and ChromeOS, 121 on Android; Firefox 141
        on Windows and 145 on macOS; Safari 26. Everywhere else WebGL or WebAssembly takes over: slower, but
        all of it works. The engine in use, and what was measured here, stand in the pill at the top right.
      </p>
      <h3>Licence</h3>
      <p>MIT, for the code. The data have their own licences, above.</p>
    </div>
  );
}
