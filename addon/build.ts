import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Files that `clasp push` sends. */
export const files = ['appsscript.json', 'Code.js', 'Sidebar.html'] as const;

/** Name of the bundle inside Code.js; the functions around it are what Apps Script sees. */
const BUNDLE = 'Precis';

const common = {
  bundle: true,
  write: false,
  legalComments: 'none',
  charset: 'ascii',
} as const;

/**
 * Builds the add-on.
 *
 * @param root the repository. @param out folder for `files`.
 */
export async function buildAddon(root: string, out: string): Promise<void> {
  const from = (...parts: string[]) => join(root, 'addon', ...parts);
  await mkdir(out, { recursive: true });
  const [code, page, manifest] = await Promise.all([
    script(from('script/main.ts')),
    sidebar(from('sidebar')),
    readFile(from('appsscript.json'), 'utf8'),
  ]);
  await writeFile(join(out, 'Code.js'), code);
  await writeFile(join(out, 'Sidebar.html'), page);
  await writeFile(join(out, 'appsscript.json'), manifest);
}

/** Apps Script has no modules: a bundle, and a function for each of its exports. */
async function script(entry: string): Promise<string> {
  const { outputFiles } = await build({
    ...common,
    entryPoints: [entry],
    format: 'iife',
    globalName: BUNDLE,
    target: 'es2019',
  });
  const names = await exportsOf(entry);
  const functions = names.map(
    (name) => `function ${name}(argument) { return ${BUNDLE}.${name}(argument); }\n`,
  );
  return outputFiles[0]?.text + functions.join('');
}

async function exportsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    ...common,
    entryPoints: [entry],
    format: 'esm',
    metafile: true,
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}

/** One page: HtmlService serves nothing beside it. */
async function sidebar(folder: string): Promise<string> {
  const bundled = async (file: string) => {
    const { outputFiles } = await build({
      ...common,
      entryPoints: [join(folder, file)],
      format: 'iife',
      minify: true,
      target: 'es2020',
      // HtmlService takes `//` in a template literal for a comment.
      supported: { 'template-literal': false },
    });
    return outputFiles[0]?.text.trim() ?? '';
  };
  const [page, code, style] = await Promise.all([
    readFile(join(folder, 'index.html'), 'utf8'),
    bundled('main.ts'),
    bundled('sidebar.css'),
  ]);
  return page
    .replace('<!-- style -->', () => `<style>${style}</style>`)
    .replace('<!-- script -->', () => `<script>${code}</script>`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildAddon(process.cwd(), join(process.cwd(), 'dist-addon'));
  process.stdout.write(`dist-addon: ${files.join(', ')}; next: npx @google/clasp push\n`);
}
