import { defineConfig } from 'vite';
import { delivery } from './scripts/delivery.ts';

const backend = process.env['KIBITZ_BACKEND'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [delivery()],
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    proxy: {
      '/api': backend,
      '/ws': { target: backend, ws: true },
    },
  },
});
