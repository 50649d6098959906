/** The page of wasm.spec.ts: the compiled WebAssembly engine in this browser's worker, held against the float64 reference. */
import type { WasmReport } from './compiledWasm.worker';

const worker = new Worker(new URL('./compiledWasm.worker.ts', import.meta.url), { type: 'module' });
const report = new Promise<WasmReport>((resolve, reject) => {
  worker.onmessage = ({ data }: MessageEvent<WasmReport>) => resolve(data);
  worker.onerror = ({ message }) => reject(new Error(message));
});

declare global {
  interface Window {
    wasmReport: Promise<WasmReport>;
  }
}
window.wasmReport = report;
