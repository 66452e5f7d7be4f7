import { join } from 'node:path';
import { defineConfig } from 'vite';

const dist = process.env.PRECIS_DIST ?? join(import.meta.dirname, '../dist');

/** `<precis-suggestion>` as one file without imports, for bundlers and for a script element. */
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: join(dist, 'component'),
    emptyOutDir: false,
    target: 'es2022',
    minify: true,
    lib: {
      entry: join(import.meta.dirname, 'index.ts'),
      formats: ['es'],
      fileName: () => 'precis-suggestion.js',
    },
  },
});
