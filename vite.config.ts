import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { workerEntries } from './scripts/workerEntries.ts';

/** Pages that are isolated may share memory between threads: the WebAssembly engine then trains on several cores. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

// base './' makes the built site work from any sub-path and from a folder opened offline by a static server.
export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es', plugins: () => [workerEntries()] },
  server: { headers: ISOLATED },
  preview: { headers: ISOLATED },
  // Named here so that the development server finds them at once and need not reload the first visit.
  optimizeDeps: {
    include: [
      'react-dom/client',
      'recharts',
      'zustand',
      'zustand/middleware',
      'zustand/react/shallow',
      'zod',
      'idb',
      'fflate',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-core/dist/register_all_gradients.js',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgl',
      '@tensorflow/tfjs-backend-webgpu',
    ],
  },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
});
