/** The page of `npm run bench`: the bench with all engines a browser has. */
import { type Bench, makeBench } from './bench';
import { jitted } from './contestants/jax';
import { compiled, compiledWasm } from './contestants/parsimony';
import { viaWasm } from './contestants/parsimonyTfjs';
import { idiomatic } from './contestants/tfjs';

declare global {
  interface Window {
    bench: Bench;
  }
}
window.bench = makeBench({
  'parsimony-webgpu': compiled,
  'parsimony-wasm': compiledWasm,
  'parsimony-tfjs-wasm': viaWasm,
  'tfjs-webgpu': (problem) => idiomatic(problem, 'webgpu'),
  'tfjs-wasm': (problem) => idiomatic(problem, 'wasm'),
  'jax-webgpu': (problem) => jitted(problem, 'webgpu'),
  'jax-wasm': (problem) => jitted(problem, 'wasm'),
});
