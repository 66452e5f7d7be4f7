import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { deviceLibraries } from './device/bundling.js';

const dist = process.env.PRECIS_DIST ?? join(import.meta.dirname, '../dist');

/** The component stands beside the pages under a name that others can rely on. */
const withComponent = (): Plugin => ({
  name: 'with-component',
  closeBundle() {
    const name = 'precis-suggestion.js';
    copyFileSync(join(dist, 'component', name), join(dist, 'web', name));
  },
});

/** Of larger files (ONNX Runtime's WebAssembly, 14 MB) the highest level would take minutes. */
const LARGE = 1_000_000;

/** The service sends what was compressed once, at the highest level that does not hold up the build. */
const compressed = (): Plugin => ({
  name: 'compressed',
  closeBundle() {
    const files = readdirSync(join(dist, 'web'), { recursive: true, encoding: 'utf8' });
    for (const name of files.filter((each) => /\.(html|js|css|svg|wasm|json)$/.test(each))) {
      const file = join(dist, 'web', name);
      const bytes = readFileSync(file);
      const large = bytes.length > LARGE;
      const params = { [constants.BROTLI_PARAM_QUALITY]: large ? 5 : 11 };
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: large ? 6 : 9 }));
    }
  },
});

/** The service's pages: the editor and the operator's page, and the component for other pages. */
export default defineConfig({
  root: import.meta.dirname,
  // The service may lie below a path of its proxy.
  base: './',
  plugins: [withComponent(), compressed()],
  worker: {
    format: 'es',
    plugins: deviceLibraries,
    // The service knows the worker by its name, and gives it a policy of its own.
    rolldownOptions: { output: { entryFileNames: 'assets/device-[hash].js' } },
  },
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
