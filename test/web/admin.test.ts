import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { requireBuilt, root } from '../built.js';
import { launch, violations } from '../chromium.js';
import { buildApp } from '../server/app.js';
import { FakeSuggester, prose } from '../server/fake.js';

const { openDatabase } =
  requireBuilt<typeof import('../../server/feedback/open.js')>('server/feedback/open.js');
const { createKey } = requireBuilt<typeof import('../../server/keys/key.js')>('server/keys/key.js');
const { writeKeys } =
  requireBuilt<typeof import('../../server/keys/file.js')>('server/keys/file.js');

/** `PICTURES=1` writes the pictures of docs/admin.md anew. */
const pictures = process.env.PICTURES ? join(root, 'docs/pictures') : null;

const admin = createKey({ name: 'dashboard', scopes: ['admin'] });
const editor = createKey({ name: 'editor', scopes: ['suggest', 'feedback'] });

let folder: string;
let app: FastifyInstance;
let url: string;
let browser: Browser;
let page: Page | undefined;

/** Feedback of thirty days: the surer the model, the more is accepted. */
async function seed(): Promise<void> {
  const database = await openDatabase({ data: folder });
  await database.transaction([
    {
      sql: `INSERT INTO suggestions
        SELECT gen_random_uuid(), now() - make_interval(hours => n), md5(n::text), 'fake', '1.0.0',
          'tldr', 'short', 0.5 + (n % 50) / 100.0, '{}', NULL, ''
        FROM generate_series(1, 700) AS n`,
    },
    {
      sql: `INSERT INTO feedback (suggestion_id, action, owner, fingerprint, given_at)
        SELECT id, CASE WHEN draw >= confidence THEN 'dismissed'
          WHEN draw < confidence * 0.75 THEN 'accepted' ELSE 'edited' END, '', '', shown_at
        FROM (SELECT *, (hashtext(document_hash) & 1023) / 1024.0 AS draw FROM suggestions) AS s
        WHERE hashtext(id::text) % 4 <> 0`,
    },
  ]);
  await database.close();
}

async function start(options = {}): Promise<void> {
  app = await buildApp({
    suggester: new FakeSuggester(),
    openDatabase: (signal) => openDatabase({ data: folder }, signal),
    ...options,
  });
  await app.service.loaded;
  url = await app.listen({ host: '127.0.0.1', port: 0 });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-admin-'));
  await writeKeys(join(folder, 'keys.json'), [admin.stored, editor.stored]);
  browser = await launch();
  // The service makes the tables.
  await start();
  await app.inject({ method: 'GET', url: '/v1/feedback/report' });
  await app.close();
  await seed();
  await start({ keysFile: join(folder, 'keys.json') });
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
  await rm(folder, { recursive: true });
});
afterEach(async () => {
  await page?.context().close();
  page = undefined;
});

const authorization = (key: { secret: string }) => ({ authorization: `Bearer ${key.secret}` });
const overview = async (key = admin, days = 30) => {
  const request = { url: `/v1/admin/overview?days=${days}`, headers: authorization(key) };
  const response = await app.inject({ method: 'GET', ...request });
  return { status: response.statusCode, body: response.json() };
};
const suggest = (text: string) => {
  const payload = { document: { text } };
  const headers = authorization(editor);
  return app.inject({ method: 'POST', url: '/v1/summaries', headers, payload });
};

describe('GET /v1/admin/overview', { timeout: 120_000 }, () => {
  test('wants a key with the scope admin', async () => {
    expect((await overview({ ...admin, secret: 'precis_00000000_x' })).status).toBe(401);
    expect(await overview(editor)).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    });
  });

  test('has the counts of /metrics and the feedback report', async () => {
    await suggest(prose);
    await suggest(prose);
    await suggest('Too short.');
    await app.inject({ method: 'GET', url: '/health/live' });
    const { body } = await overview();
    expect(body).toMatchObject({ state: 'ready', model: { name: 'fake', version: '1.0.0' } });
    expect(body.outcomes).toEqual([
      { name: 'shown', count: 2 },
      { name: 'too_short', count: 1 },
    ]);
    expect(body.cache).toEqual([
      { name: 'miss', count: 2 },
      { name: 'hit', count: 1 },
    ]);
    expect(body.latency.answer.count).toBe(3);
    expect(body.latency.answer.p50).toBeGreaterThan(0);
    expect(body.latency.answer.p95).toBeGreaterThanOrEqual(body.latency.answer.p50);
    expect(body.routes).toContainEqual(
      expect.objectContaining({ method: 'POST', route: '/v1/summaries', count: 3, errors: 0 }),
    );
    expect(body.feedback.total.shown).toBeGreaterThan(600);
    expect(body.feedback.days).toBe(30);
  });

  test('refuses days that are no number of days', async () => {
    expect((await overview(admin, -1)).status).toBe(422);
  });
});

async function open({ path = '/admin/', key = admin.secret as string | null, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(60_000);
  if (key !== null) {
    await context.addInitScript((value) => sessionStorage.setItem('precis-admin-key', value), key);
  }
  page = await context.newPage();
  await page.goto(url + path);
  return page;
}

const chart = (at: Page, name: string) =>
  at.locator('figure', { has: at.getByRole('heading', { name, exact: true }) });

async function picture(at: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await at.screenshot({ path: join(pictures, `admin-${name}.png`), fullPage: true });
}

const CHARTS = [
  'What became of suggestions',
  'Acceptance over time',
  'Acceptance by confidence',
  'Withheld, by reason',
];

describe('/admin', { timeout: 180_000 }, () => {
  test('asks for a key, refuses one that may not, and opens with one that may', async () => {
    const at = await open({ key: null });
    const field = at.getByLabel(/API key/);
    await field.waitFor();
    expect(await violations(at)).toEqual([]);
    await field.fill(editor.secret);
    await at.keyboard.press('Enter');
    await at.getByText('lacks the scope admin').waitFor();
    await field.fill(admin.secret);
    await at.getByRole('button', { name: 'Open' }).click();
    await chart(at, 'Acceptance over time').locator('svg[role=img]').waitFor();
    expect(at.url()).not.toContain('precis_');
  });

  test.each(['light', 'dark'] as const)('shows every chart, %s', async (colorScheme) => {
    const at = await open({ colorScheme });
    for (const name of CHARTS) await chart(at, name).locator('.canvas > svg').waitFor();
    const label = await chart(at, 'Acceptance over time')
      .locator('.canvas > svg')
      .getAttribute('aria-label');
    expect(label).toMatch(/\d+% over the whole time/);
    expect(await violations(at)).toEqual([]);
    await picture(at, colorScheme);
  });

  test('has the figures of each chart in a table', async () => {
    const at = await open();
    const { body } = await overview();
    await chart(at, 'Acceptance by confidence')
      .getByText(/^Table/)
      .click();
    const rows = chart(at, 'Acceptance by confidence').locator('tbody tr');
    expect(await rows.count()).toBe(body.feedback.byConfidence.length);
    const [first] = body.feedback.byConfidence;
    expect(await rows.first().textContent()).toContain(String(first.shown));
    expect(await chart(at, 'Routes').getByText('POST /v1/summaries').count()).toBe(1);
  });

  test('other days can be chosen', async () => {
    const at = await open();
    await at.getByLabel('Feedback of').selectOption('7');
    await at.getByText('in 7 days').waitFor();
  });

  test.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
    const at = await open({ colorScheme, viewport: { width: 360, height: 740 } });
    await chart(at, 'Acceptance over time').locator('.canvas > svg').waitFor();
    expect(await at.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await violations(at)).toEqual([]);
  });

  test('keeps its figures while the service is away, and says so', async () => {
    const at = await open();
    await chart(at, 'Acceptance over time').waitFor();
    await at.route('**/v1/admin/overview*', (route) => route.abort());
    await at.getByLabel('Feedback of').selectOption('90');
    await at.getByText(/does not answer.*These figures are of/).waitFor();
    expect(await chart(at, 'Acceptance over time').count()).toBe(1);
    expect(await violations(at)).toEqual([]);
    await at.unroute('**/v1/admin/overview*');
    await at.getByText('in 90 days').waitFor();
    expect(await at.locator('#notice').isVisible()).toBe(false);
  });

  test('an empty service has words for it, with or without a database', async () => {
    const bare = await buildApp({ suggester: new FakeSuggester() });
    await bare.service.loaded;
    const at = await open({ key: null, path: '/admin/' });
    const address = await bare.listen({ host: '127.0.0.1', port: 0 });
    await at.goto(`${address}/admin/`);
    await at.getByText('The feedback database does not answer.').first().waitFor();
    await at.getByText('No suggestion was withheld since the start.').waitFor();
    expect(await violations(at)).toEqual([]);
    await bare.close();
  });
});
