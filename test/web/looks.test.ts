import type { Page, Route } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultBundle } from '../../model/place.js';
import { violations } from '../chromium.js';
import { card, eventually, gauge, icon, type Site, site, summary, write } from './page.js';
import { gridDistance, pictureDistance } from './picture.js';

let here: Site;
beforeAll(async () => {
  here = await site({ bundle: defaultBundle });
}, 120_000);
afterAll(() => here.close());

const timeout = 240_000;
/** Of a picture; see picture.ts. A missing icon or button row makes more. */
const TOLERANCE = 0.045;
const headings = '\nHow it works';

const refusal = (status: number, code: string) => (route: Route) =>
  route.fulfill({ status, json: { error: { code, message: 'It is too large.' }, requestId: 'x' } });

const scrollWidth = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
  test('every state passes axe, and looks as it did', { timeout }, async () => {
    const page = await here.open({ colorScheme });
    expect(await violations(page), 'empty').toEqual([]);
    await write(page, 'A gauge for the harbour', gauge + headings);
    await page.getByRole('button', { name: 'Heading', exact: true }).click();
    await icon(page).waitFor();
    expect(await violations(page), 'icon').toEqual([]);
    expect(await pictureDistance(icon(page), `icon-${colorScheme}`)).toBeLessThan(TOLERANCE);

    await icon(page).click();
    expect(await violations(page), 'card').toEqual([]);
    await page.mouse.move(0, 0);
    expect(await pictureDistance(card(page), `card-${colorScheme}`)).toBeLessThan(TOLERANCE);
    await card(page).getByRole('button', { name: 'Edit', exact: true }).click();
    expect(await violations(page), 'editing').toEqual([]);
    await page.keyboard.press('Escape');
    await card(page).getByRole('button', { name: 'Accept' }).click();
    await summary(page).waitFor();
    await page.mouse.move(0, 0);
    expect(await violations(page), 'accepted').toEqual([]);
    const outline = page.locator('.outline');
    await eventually(() => outline.textContent()).toContain('How it works');
    expect(await pictureDistance(outline, `outline-${colorScheme}`)).toBeLessThan(TOLERANCE);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(
      'Something else altogether stands here now, and nothing of what was before remains.',
    );
    await page.getByRole('button', { name: 'Check for a new summary' }).or(icon(page)).waitFor();
    expect(await violations(page), 'changed').toEqual([]);
    await page.context().close();
  });

  test('states without a suggestion pass axe, on a phone', { timeout }, async () => {
    const page = await here.open({ colorScheme, viewport: { width: 390, height: 780 } });
    await write(page, 'Soup', `Preheat the oven. ${gauge}`);
    const about = page.locator('.about');
    await eventually(() => about.getAttribute('data-phase')).toBe('withheld');
    await about.click();
    await card(page).waitFor();
    expect(await violations(page), 'withheld').toEqual([]);
    await page.route('**/v1/summaries', (route) =>
      route.fulfill({ status: 401, json: { error: { code: 'unauthorized', message: '' } } }),
    );
    await card(page).getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('textbox', { name: 'API key' }).waitFor();
    expect(await violations(page), 'key').toEqual([]);
    expect(await scrollWidth(page)).toBe(390);
    await page.getByRole('button', { name: 'Close' }).click();
    await page.context().close();
  });

  test.each([
    ['offline', 'Offline', (route: Route) => route.abort()],
    ['busy', 'busy', refusal(429, 'busy')],
    ['starting', 'starting', refusal(503, 'loading')],
    ['failed', 'failed', refusal(500, 'internal')],
    ['refused', 'No suggestion', refusal(413, 'too_large')],
  ])('%s passes axe', { timeout }, async (_, words, answer) => {
    const page = await here.open({ colorScheme });
    await page.route('**/v1/summaries', answer);
    await write(page, 'Tide gauge', gauge);
    const about = page.locator('.about');
    await eventually(() => about.textContent()).toContain(words);
    expect(await violations(page)).toEqual([]);
    await about.click();
    await card(page).waitFor();
    expect(await violations(page), 'card').toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await violations(page), 'phone').toEqual([]);
    expect(await scrollWidth(page)).toBe(390);
    await page.context().close();
  });

  test('the offer of a new summary passes axe', { timeout }, async () => {
    const page = await here.open({ colorScheme });
    await write(page, 'Tide gauge', gauge);
    await icon(page).click();
    await card(page).getByRole('button', { name: 'Accept' }).click();
    await page.locator('.ProseMirror > p').last().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.insertText(
      'Since June a camera beside it counts the boats that leave, and the two records are compared every night by the harbour master.',
    );
    const offer = page.getByRole('button', { name: 'Check for a new summary' });
    await offer.waitFor();
    expect(await violations(page)).toEqual([]);
    await page.locator('.about').click();
    expect(await violations(page), 'card').toEqual([]);
    await page.context().close();
  });

  test('the model on its way to this device passes axe, and nothing moves', {
    timeout,
  }, async () => {
    const page = await here.open({ colorScheme });
    let give = () => {};
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    await page.context().route('**/v1/model/files/*', async (route) => {
      await given;
      await route.continue();
    });
    const about = page.locator('.about');
    const before = await about.boundingBox();
    await page.getByRole('switch', { name: 'On this device' }).check();
    expect(await violations(page), 'chosen').toEqual([]);
    await write(page, 'Tide gauge', gauge);
    await page.getByRole('progressbar', { name: 'Loading the model' }).waitFor();
    expect(await violations(page), 'loading').toEqual([]);
    expect(await about.boundingBox()).toEqual(before);
    await about.click();
    expect(await violations(page), 'card').toEqual([]);
    await page.setViewportSize({ width: 390, height: 780 });
    expect(await violations(page), 'phone').toEqual([]);
    expect(await scrollWidth(page)).toBe(390);
    give();
    await page.context().close();
  });
});

test('nothing moves when the icon appears', { timeout }, async () => {
  const page = await here.open();
  let open = () => {};
  here.suggester.gate = new Promise((resolve) => {
    open = resolve;
  });
  await page.evaluate(() => {
    const shifts: number[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      // biome-ignore lint/suspicious/noExplicitAny: not in TypeScript's library yet
      for (const entry of list.getEntries() as any[]) shifts.push(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await write(page, 'Tide gauge', gauge);
  const places = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.title, .ProseMirror > p, .side, .paper')].map((each) => {
        const { x, y, width } = each.getBoundingClientRect();
        return [x, y, width];
      }),
    );
  await eventually(() => here.suggester.asked).toBeGreaterThan(0);
  const before = await places();
  open();
  await icon(page).waitFor();
  expect(await places()).toEqual(before);
  // biome-ignore lint/suspicious/noExplicitAny: set above
  expect(await page.evaluate(() => (globalThis as any).shifts)).toEqual([]);
  await page.context().close();
});

test('a picture without its icon is not taken for the same', () => {
  const plain = (shade: number) => {
    const png = new PNG({ width: 40, height: 40 });
    png.data.fill(255);
    for (let y = 8; y < 32; y++) {
      for (let x = 8; x < 32; x++) png.data.fill(shade, (y * 40 + x) * 4, (y * 40 + x) * 4 + 3);
    }
    return png;
  };
  expect(gridDistance(plain(80), plain(80))).toBe(0);
  expect(gridDistance(plain(80), plain(255))).toBeGreaterThan(TOLERANCE);
});
