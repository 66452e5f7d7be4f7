import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireBuilt, root } from '../built.js';
import { launch, violations } from '../chromium.js';
import { buildApp } from '../server/app.js';
import { card, dropFile, eventually, gauge, icon, summary } from './page.js';
import { ScriptedSuggester } from './scripted.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
}, 120_000);
afterAll(() => browser.close());

const timeout = 180_000;

test('the example page takes suggestions from a service of another origin', {
  timeout,
}, async () => {
  let page = '';
  const host: Server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(page);
  });
  await once(host.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const app: FastifyInstance = await buildApp({
    suggester: new ScriptedSuggester(),
    corsOrigins: [origin],
  });
  await app.service.loaded;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  page = readFileSync(join(root, 'examples/embedding.html'), 'utf8').replaceAll(
    'http://127.0.0.1:8080',
    url,
  );
  const tab = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await tab.goto(origin);
  await tab.getByLabel('Entry', { exact: true }).fill(gauge);
  await icon(tab).click();
  expect(await violations(tab)).toEqual([]);
  await card(tab)
    .getByRole('button', { name: /^The harbour gauge/ })
    .click();
  const selected = await tab.evaluate(() => {
    const { value, selectionStart, selectionEnd } = document.getElementById(
      'entry',
    ) as HTMLTextAreaElement;
    return value.slice(selectionStart, selectionEnd);
  });
  expect(selected).toMatch(/^The harbour gauge .* radar\.$/);
  await card(tab).getByRole('button', { name: 'Accept' }).click();
  expect(await tab.getByLabel('Summary', { exact: true }).inputValue()).toBe(selected);
  await tab.context().close();
  host.close();
  await app.close();
});

test('with the bundle that ships: a file is dropped, a summary suggested and accepted', {
  timeout,
}, async () => {
  const { Summarizer } = requireBuilt<typeof import('../../model/index.js')>('model/index.js');
  const bundle = join(root, 'model/bundle');
  const app = await buildApp({ suggester: Summarizer.load(bundle) });
  await app.service.loaded;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const tab = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
  await tab.goto(url);
  await tab.locator('body[data-ready]').waitFor();
  const recipe = readFileSync(join(root, 'examples/lentil-soup.md'));
  await dropFile(tab, 'lentil-soup.md', recipe);
  const about = tab.locator('.about');
  await eventually(() => about.getAttribute('data-phase'), { timeout: 90_000 }).toBe('withheld');
  expect(await icon(tab).count()).toBe(0);
  const text = readFileSync(join(root, 'examples/seed-library.md'));
  await dropFile(tab, 'seed-library.md', text);
  await icon(tab).click({ timeout: 90_000 });
  // The passage that the suggestion names is marked in the document.
  expect((await tab.locator('.source').first().textContent())?.length).toBeGreaterThan(10);
  const suggested = await card(tab).locator('.text').textContent();
  await card(tab).getByRole('button', { name: 'Accept' }).click();
  expect(await summary(tab).locator('p').textContent()).toBe(suggested);
  await tab.context().close();
  await app.close();
});
