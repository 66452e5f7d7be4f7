import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const dist = process.env.PRECIS_DIST ?? join(import.meta.dirname, '../dist');

/** The component stands beside the pages under a name that others can rely on. */
const withComponent = (): Plugin => ({
  name: 'with-component',
  closeBundle() {
    const name = 'precis-suggestion.js';
    copyFileSync(join(dist, 'component', name), join(dist, 'web', name));
  },
});

/** The service sends what was compressed once, at the highest level. */
const compressed = (): Plugin => ({
  name: 'compressed',
  closeBundle() {
    const files = readdirSync(join(dist, 'web'), { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((each) => /\.(html|js|css|svg|wasm|json)$/.test(each))) {
      const file = join(dist, 'web', name);
      const bytes = readFileSync(file);
      writeFileSync(`${file}.br`, brotliCompressSync(bytes));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
});

/** The service's pages: the editor and the operator's page, and the component for other pages. */
export default defineConfig({
  root: import.meta.dirname,
  // The service may lie below a path of its proxy.
  base: './',
  plugins: [withComponent(), compressed()],
  build: {
    outDir: join(dist, 'web'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Images within style sheets and code would need a wider content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        editor: join(import.meta.dirname, 'index.html'),
        admin: join(import.meta.dirname, 'admin/index.html'),
      },
    },
  },
});
