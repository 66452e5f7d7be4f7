/** The whole way with the model that ships. `PRECIS_PICTURES=write` makes the README's pictures of it. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireBuilt, root } from '../built.js';
import { launch } from '../chromium.js';
import { buildApp } from '../server/app.js';
import { card, dropFile, eventually, icon, summary } from './page.js';

const { Summarizer } = requireBuilt<typeof import('../../model/index.js')>('model/index.js');
const timeout = 300_000;
/** The example, with headings for the outline. */
const article = readFileSync(join(root, 'examples/seed-library.md'), 'utf8')
  .replace('\nThe idea came', '\n## Where the idea came from\n\nThe idea came')
  .replace('\nVolunteers check', '\n## How seed is checked\n\nVolunteers check')
  .replace('\nThe library plans', '\n## Plans and hours\n\nThe library plans');

let app: FastifyInstance;
let browser: Browser;
let url: string;
beforeAll(async () => {
  app = await buildApp({ suggester: Summarizer.load(process.env.PRECIS_BUNDLE) });
  await app.service.loaded;
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  browser = await launch();
}, timeout);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function keep(page: Page, name: string): Promise<void> {
  if (process.env.PRECIS_PICTURES !== 'write') return;
  const folder = join(root, 'docs/pictures');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
}

test.each(['light', 'dark'] as const)(
  'an article gets its summary, %s',
  {
    timeout,
  },
  async (colorScheme) => {
    const viewport = { width: 1280, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' });
    context.setDefaultTimeout(timeout / 2);
    const page = await context.newPage();
    await page.goto(url);
    await page.locator('body[data-ready]').waitFor();
    await dropFile(page, 'seed-library.md', Buffer.from(article));
    await icon(page).waitFor();
    await page.getByText('Saved in this browser').waitFor();
    expect(await page.locator('.outline li').count()).toBe(3);
    await keep(page, `icon-${colorScheme}`);
    await icon(page).click();
    const text = await card(page).locator('.text').textContent();
    expect(text).toMatch(/Harrowmere .*seed library.*\.$/);
    await eventually(() => page.locator('.source').count()).toBeGreaterThan(0);
    await keep(page, `card-${colorScheme}`);
    await card(page).getByRole('button', { name: 'Accept' }).click();
    expect(await summary(page).locator('p').textContent()).toBe(text);
    expect(await page.locator('.outline-summary span').textContent()).toBe(text);
    await page.mouse.move(0, 0);
    await page.getByText('Saved in this browser').waitFor();
    await keep(page, `accepted-${colorScheme}`);

    await page.getByRole('switch', { name: 'On this device' }).check();
    await page.locator('.about').click();
    await card(page).getByRole('button', { name: 'Check for a new summary' }).click();
    // The card shows the answer when it comes.
    await card(page).getByRole('button', { name: 'Accept' }).waitFor();
    expect(await card(page).locator('.text').textContent()).toBe(text);
    await keep(page, `device-${colorScheme}`);
    await context.close();
  },
);
