import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// base './' makes the built site work from any sub-path and from a folder opened offline by a static server.
export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
});
