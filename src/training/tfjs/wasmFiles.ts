import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

/**
 * Addresses of the wasm backend's files as bundled. Threads are off (they need cross-origin isolation), so the threaded
 * file is not shipped: tfjs demands an entry for it, but never fetches it.
 */
export const WASM_FILES = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  // tfjs wants all three named; this one is never asked for.
  'tfjs-backend-wasm-threaded-simd.wasm': simd,
};
