import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../built.js';
import { build } from './fake/addon.js';

let built: Awaited<ReturnType<typeof build>>;
beforeAll(async () => {
  built = await build();
});
afterAll(() => built.remove());
const read = (name: string) => readFileSync(join(built.folder, name), 'utf8');

/**
 * The manifest of an editor add-on (developers.google.com/apps-script/manifest). `addOns` would make
 * it a Workspace add-on with cards, a `urlFetchWhitelist` would forbid addresses that users set.
 */
const manifest = z.strictObject({
  timeZone: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').concat('Etc/UTC').includes(zone)),
  dependencies: z.strictObject({}),
  exceptionLogging: z.enum(['NONE', 'STACKDRIVER']),
  runtimeVersion: z.literal('V8'),
  oauthScopes: z
    .array(z.url().startsWith('https://www.googleapis.com/auth/'))
    .refine((scopes) => new Set(scopes).size === scopes.length),
});

test('the manifest is one that Google takes, with the least scopes', () => {
  const { oauthScopes } = manifest.parse(JSON.parse(read('appsscript.json')));
  expect(oauthScopes.map((scope) => scope.split('/').at(-1)).sort()).toEqual([
    'documents.currentonly',
    'script.container.ui',
    'script.external_request',
  ]);
});

test('Code.js is a script, not a module, and names no global that Apps Script lacks', () => {
  const code = read('Code.js');
  expect(code).not.toMatch(/^\s*(import|export)\b/m);
  expect(code).not.toMatch(/(?<![.\w])(fetch\(|new URL\(|setTimeout|process\.|require\()/);
  // The functions that Google's menu and sidebar look for stand at the top level.
  for (const name of ['onOpen', 'onInstall', 'openSidebar', 'suggest', 'accept', 'status']) {
    expect(code).toMatch(new RegExp(`^function ${name}\\(`, 'm'));
  }
});

test('Sidebar.html is one page that HtmlService serves as it is', () => {
  const page = read('Sidebar.html');
  expect(page).not.toMatch(/<(script|img|link)[^>]+(src|href)=/);
  // Scriptlets, and template literals, whose // HtmlService takes for a comment.
  expect(page).not.toMatch(/<\?|`/);
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  expect(page).toContain('data-open="suggestion"');
});

test('the example for clasp names the folder of the build', () => {
  const example = JSON.parse(readFileSync(join(root, 'addon/.clasp.json.example'), 'utf8'));
  expect(Object.keys(example)).toEqual(['scriptId', 'rootDir']);
  expect(example.rootDir).toBe('dist-addon');
});
