import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { card, eventually, gauge, icon, type Site, site, write } from './page.js';

let here: Site;
beforeAll(async () => {
  here = await site();
}, 120_000);
afterAll(() => here.close());

const timeout = 120_000;
const state = (page: Page) => page.locator('.about');
const problem =
  (status: number, code: string, headers: Record<string, string> = {}) =>
  (route: Route) =>
    route.fulfill({ status, headers, json: { error: { code, message: 'no' }, requestId: 'x' } });

test('the service is away, the text is kept; it comes back, and so does the suggestion', {
  timeout,
}, async () => {
  const page = await here.open();
  await page.route('**/v1/**', (route) => route.abort());
  await write(page, 'Tide gauge', gauge);
  await eventually(() => state(page).textContent()).toContain('Offline');
  await state(page).click();
  expect(await card(page).textContent()).toContain('Your text is safe here');
  await page.keyboard.press('Escape');
  await page.getByText('Saved in this browser').waitFor();
  await page.unroute('**/v1/**');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await icon(page).waitFor();
  expect(await page.locator('.ProseMirror').textContent()).toContain('cleaned by hand');
  await page.context().close();
});

test('a busy service is not asked again before the time it named', { timeout }, async () => {
  const page = await here.open();
  const asked: number[] = [];
  await page.route('**/v1/summaries', async (route) => {
    asked.push(Date.now());
    if (asked.length > 1) return route.fallback();
    return problem(429, 'busy', { 'retry-after': '4' })(route);
  });
  await write(page, 'Tide gauge', gauge);
  await eventually(() => state(page).textContent()).toContain('busy');
  // Typing on does not ask sooner.
  await page.keyboard.type(' More.');
  await icon(page).waitFor();
  expect(asked).toHaveLength(2);
  expect((asked[1] as number) - (asked[0] as number)).toBeGreaterThanOrEqual(4000);
  await page.context().close();
});

test('a starting service is waited for', { timeout }, async () => {
  const page = await here.open();
  let asked = 0;
  await page.route('**/v1/summaries', (route) =>
    ++asked < 2 ? problem(503, 'loading', { 'retry-after': '1' })(route) : route.fallback(),
  );
  await write(page, 'Tide gauge', gauge);
  await eventually(() => state(page).textContent()).toContain('starting');
  await icon(page).waitFor();
  await page.context().close();
});

test('a service that wants a key gets one, from the card', { timeout }, async () => {
  const page = await here.open();
  await page.route('**/v1/summaries', (route) =>
    route.request().headers().authorization === 'Bearer precis_1'
      ? route.fallback()
      : problem(401, 'unauthorized')(route),
  );
  await write(page, 'Tide gauge', gauge);
  await eventually(() => state(page).textContent()).toContain('key');
  await state(page).click();
  await page.getByRole('textbox', { name: 'API key' }).fill('precis_1');
  await page.keyboard.press('Enter');
  await icon(page).waitFor();
  await page.reload();
  await icon(page).waitFor();
  await page.context().close();
});

test('many keystrokes are one request; a request for a text that is gone is cancelled', {
  timeout,
}, async () => {
  const page = await here.open();
  here.suggester.calls.length = 0;
  let open = () => {};
  here.suggester.gate = new Promise((resolve) => {
    open = resolve;
  });
  await write(page, 'Tide gauge', '');
  await page.keyboard.type(gauge.replaceAll('\n', ' '));
  await eventually(() => here.suggester.asked).toBe(1);
  const [call] = here.suggester.calls;
  expect(call?.options?.signal?.aborted).toBe(false);
  await page.keyboard.press('Enter');
  await page.keyboard.insertText(
    'Since June a camera beside it counts the boats that leave, and the two records are compared every night.',
  );
  await eventually(() => here.suggester.asked).toBe(2);
  await eventually(() => call?.options?.signal?.aborted).toBe(true);
  open();
  await icon(page).waitFor();
  expect(here.suggester.asked).toBe(2);
  await page.context().close();
});
