import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Request } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBundle } from '../../model/bundle.js';
import { Latch } from '../../model/latch.js';
import { OrtSession } from '../../model/ort.js';
import { defaultBundle } from '../../model/place.js';
import { loadTokenizer } from '../../model/tokenizer.js';
import { deviceLibraries } from '../../web/device/bundling.js';
import { root } from '../built.js';
import { violations } from '../chromium.js';
import { drafted, type Golden } from './drafted.js';
import type { Draft } from './harness.js';
import { card, dropFile, eventually, feedbackOf, icon, type Site, site, summary } from './page.js';

let here: Site;
beforeAll(async () => {
  here = await site({ bundle: defaultBundle });
}, 120_000);
afterAll(() => here.close());

const timeout = 300_000;
const patient = { timeout: 120_000 };
const article = readFileSync(join(root, 'examples/seed-library.md'));
/** A few words of the article that nothing else holds. */
const words = 'empty ferry office';
const choice = (page: Page) => page.getByRole('switch', { name: 'On this device' });
const about = (page: Page) => page.locator('.place p');

/** Everything the page and its worker send: address, headers and body. */
function listen(page: Page): () => string {
  const sent: Request[] = [];
  page.context().on('request', (request) => sent.push(request));
  return () =>
    sent
      .map((each) => `${each.url()} ${JSON.stringify(each.headers())} ${each.postData() ?? ''}`)
      .join('\n');
}

describe('on this device', () => {
  test('a document is read, and goes on being read with the network cut; nothing is sent', {
    timeout,
  }, async () => {
    const page = await here.open();
    const feedback = await feedbackOf(page);
    const sent = listen(page);
    await choice(page).check();
    here.suggester.calls.length = 0;
    await dropFile(page, 'seed-library.md', article);
    await page.getByRole('progressbar', { name: 'Loading the model' }).waitFor();
    await icon(page).waitFor(patient);
    await eventually(() => about(page).textContent()).toContain('sent to nobody');
    await icon(page).click();
    expect(await card(page).textContent()).toContain(words);
    await eventually(async () =>
      (await page.locator('.source').allTextContents()).join(''),
    ).toContain(words);
    await page.context().setOffline(true);
    await card(page).getByRole('button', { name: 'Accept' }).click();
    await summary(page).waitFor();

    const other = readFileSync(join(root, 'examples/swifts-return.md'));
    await dropFile(page, 'swifts-return.md', other);
    const state = page.locator('.about');
    await eventually(() => state.getAttribute('data-phase'), patient).toMatch(
      /^(available|withheld)$/,
    );
    // What the worker sends is listened to as well.
    expect(sent()).toContain('/v1/model/files/');
    expect(sent()).not.toContain('/v1/summaries');
    expect(sent()).not.toContain(words);
    expect(sent()).not.toContain(encodeURIComponent(words));
    expect(feedback).toEqual([]);
    expect(here.suggester.asked).toBe(0);
    await page.context().close();
  });

  test('the model is kept in the browser, and so is the choice', { timeout }, async () => {
    const page = await here.open();
    await choice(page).check();
    await dropFile(page, 'seed-library.md', article);
    await icon(page).waitFor(patient);
    await page.getByText('Saved in this browser').waitFor();
    const sent = listen(page);
    await page.reload();
    await eventually(() => choice(page).isChecked()).toBe(true);
    await dropFile(page, 'swifts-return.md', readFileSync(join(root, 'examples/swifts-return.md')));
    await eventually(() => page.locator('.title').textContent()).toContain('wifts');
    const state = page.locator('.about');
    await eventually(() => state.getAttribute('data-phase'), patient).toMatch(
      /^(available|withheld)$/,
    );
    expect(sent()).toContain('/v1/model ');
    expect(sent()).not.toContain('/v1/model/files/');
    await page.context().close();
  });

  test('a model that arrives damaged is said to be, and nothing is sent instead', {
    timeout,
  }, async () => {
    const page = await here.open();
    const sent = listen(page);
    await page.context().route('**/v1/model/files/*', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[body.length >> 1] = (body[body.length >> 1] as number) ^ 1;
      await route.fulfill({ response, body });
    });
    await choice(page).check();
    await dropFile(page, 'seed-library.md', article);
    const state = page.locator('.about');
    await eventually(() => state.textContent(), patient).toContain('No model on this device');
    await state.click();
    expect(await card(page).textContent()).toMatch(/arrived damaged.*not sent anywhere/);
    expect(await violations(page)).toEqual([]);
    expect(sent()).not.toContain('/v1/summaries');

    await page.context().unroute('**/v1/model/files/*');
    await card(page).getByRole('button', { name: 'Try now' }).click();
    await card(page).getByRole('button', { name: 'Accept' }).waitFor(patient);
    await page.context().close();
  });

  test('files that only the service can read stay here; back at the service they do not', {
    timeout,
  }, async () => {
    const page = await here.open();
    const sent = listen(page);
    await choice(page).check();
    const docx = readFileSync(join(root, 'test/fixtures/files/article.docx'));
    await dropFile(page, 'article.docx', docx);
    await page.getByText(/article\.docx was not imported.*stay on this device/).waitFor();
    expect(sent()).not.toContain('/v1/documents');
    await choice(page).uncheck();
    await dropFile(page, 'article.docx', docx);
    await icon(page).waitFor(patient);
    expect(here.suggester.asked).toBeGreaterThan(0);
    await page.context().close();
  });
});

test('a service whose model is none for browsers says so', { timeout }, async () => {
  const other = await site();
  const page = await other.open();
  await choice(page).check();
  await dropFile(page, 'seed-library.md', article);
  const state = page.locator('.about');
  await eventually(() => state.textContent(), patient).toContain('No model on this device');
  await state.click();
  expect(await card(page).textContent()).toContain('no model that runs in a browser');
  expect(other.suggester.asked).toBe(0);
  await other.close();
});

describe('the model here and the model of the service', () => {
  const folder = join(root, 'test/fixtures/golden');
  const goldens = readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden,
  );
  /**
   * Int8 products are exact in both, but what is multiplied was rounded from floats whose last bits
   * differ, so that two candidates of nearly the same score may change places
   * (docs/decisions/0012-web-editor.md).
   */
  const SAME = 20;

  test('read the same ids, and write and show the same', { timeout: 600_000 }, async () => {
    const bundle = await loadBundle(defaultBundle);
    const { manifest, gate } = bundle;
    const ort = { threads: 1, providers: ['cpu'] };
    const session = await OrtSession.load(bundle, ort, new Latch());
    const tokenizer = await loadTokenizer(bundle.tokenizer);
    const { tokens: special, limits } = manifest;
    const reader = { session, tokenizer, special, sourceTokens: limits.sourceTokens, gate };
    const page = await withHarness();
    const same = { written: 0, shown: 0 };
    for (const golden of goldens) {
      const service = await drafted(reader, manifest, golden);
      const device = await page.evaluate(
        (golden) => (globalThis as unknown as { draft: Draft }).draft(golden),
        golden,
      );
      expect(device.source, golden.text).toEqual(service.source);
      if (String(device.written) === String(service.written)) same.written++;
      if (device.shown === service.shown) same.shown++;
    }
    await session.release();
    await page.context().close();
    console.log(`of ${goldens.length} documents the same: ${JSON.stringify(same)}`);
    expect(same.written).toBeGreaterThanOrEqual(SAME);
    expect(same.shown).toBeGreaterThanOrEqual(SAME);
  });

  let out = '';
  afterAll(() => rm(out, { recursive: true, force: true }));

  /** A page with the editor's model beside it, built as the worker is. */
  async function withHarness(): Promise<Page> {
    out = await mkdtemp(join(tmpdir(), 'precis-harness-'));
    await build({
      configFile: false,
      logLevel: 'error',
      base: '/harness/',
      plugins: deviceLibraries(),
      build: {
        outDir: out,
        target: 'es2022',
        assetsInlineLimit: 0,
        minify: false,
        rolldownOptions: {
          input: join(root, 'test/web/harness.ts'),
          output: { entryFileNames: 'harness.js' },
        },
      },
    });
    const page = await here.open();
    await page.route('**/harness/**', (route) =>
      route.fulfill({ path: join(out, new URL(route.request().url()).pathname.slice(9)) }),
    );
    await page.addScriptTag({ url: '/harness/harness.js', type: 'module' });
    await page.waitForFunction(() => 'draft' in globalThis);
    return page;
  }
});
