import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../built.js';
import {
  card,
  dropFile,
  eventually,
  feedbackOf,
  gauge,
  icon,
  type Site,
  site,
  summary,
  write,
} from './page.js';

let here: Site;
beforeAll(async () => {
  here = await site();
}, 120_000);
afterAll(() => here.close());
beforeEach(() => {
  here.suggester.calls.length = 0;
});

const button = (page: Page, name: string) => card(page).getByRole('button', { name, exact: true });
const first = /^The harbour gauge measures .* with a radar\.$/;

describe('a suggestion', { timeout: 120_000 }, () => {
  test('is accepted, undone, accepted again, and there after a reload', async () => {
    const page = await here.open();
    const feedback = await feedbackOf(page);
    await write(page, 'Tide gauge', gauge);
    await icon(page).click();
    await button(page, 'Accept').click();
    expect(await summary(page).locator('p').textContent()).toMatch(first);
    expect(await page.locator('.outline-summary span').textContent()).toMatch(first);
    expect(await icon(page).count()).toBe(0);

    await page.keyboard.press('Control+z');
    await icon(page).waitFor();
    expect(await summary(page).count()).toBe(0);
    expect(await page.locator('.ProseMirror').textContent()).toContain('cleaned by hand');
    await page.keyboard.press('Control+Shift+z');
    await summary(page).waitFor();
    expect(await icon(page).count()).toBe(0);

    await page.getByText('Saved in this browser').waitFor();
    await page.reload();
    await summary(page).waitFor();
    expect(await page.locator('.title').textContent()).toBe('Tide gauge');
    expect(await icon(page).count()).toBe(0);
    await eventually(() => feedback).toMatchObject([
      { action: 'accepted' },
      { action: 'accepted' },
    ]);
    await page.getByRole('button', { name: 'Remove the summary' }).click();
    expect(await summary(page).count()).toBe(0);
    await icon(page).waitFor();
    await page.context().close();
  });

  test('is edited in the card, and later in the document', async () => {
    const page = await here.open();
    const feedback = await feedbackOf(page);
    await write(page, 'Tide gauge', gauge);
    await icon(page).click();
    await button(page, 'Edit').click();
    await page.getByRole('textbox', { name: 'Edit the summary' }).fill('A radar watches the sea.');
    await button(page, 'Use this summary').click();
    expect(await summary(page).locator('p').textContent()).toBe('A radar watches the sea.');
    await eventually(() => feedback).toMatchObject([
      { action: 'edited', text: 'A radar watches the sea.' },
    ]);
    await summary(page).locator('p').click();
    await page.keyboard.press('End');
    await page.keyboard.insertText(' It never sleeps.');
    await eventually(() => page.locator('.outline-summary span').textContent()).toBe(
      'A radar watches the sea. It never sleeps.',
    );
    await page.context().close();
  });

  test('is dismissed, and brought back on request', async () => {
    const page = await here.open();
    const feedback = await feedbackOf(page);
    await write(page, 'Tide gauge', gauge);
    await icon(page).click();
    await button(page, 'Dismiss').click();
    await icon(page).waitFor({ state: 'detached' });
    expect(await summary(page).count()).toBe(0);
    await eventually(() => feedback).toMatchObject([{ action: 'dismissed' }]);
    await page.getByRole('button', { name: 'About the summary' }).click();
    await button(page, 'Bring it back').click();
    await icon(page).waitFor();
    await page.context().close();
  });

  test('shows its sources in the document while the card has the pointer or the focus', async () => {
    const page = await here.open();
    await write(
      page,
      '',
      `Costs: 3 * 4 [net] & more_or_less.\n- A gauge_x measures *the sea* with a radar & a float.\nEnd of it, at last, after many words more.`,
    );
    here.suggester.calls.length = 0;
    await icon(page).click();
    const marked = async () => (await page.locator('.source').allTextContents()).join('');
    await eventually(marked).toBe('Costs: 3 * 4 [net] & more_or_less.');
    await page.keyboard.press('Escape');
    await eventually(marked).toBe('');
    // Text above does not move the mark to other words.
    await page.locator('.title').click();
    await page.keyboard.insertText('A title');
    await icon(page).click();
    await eventually(marked).toBe('Costs: 3 * 4 [net] & more_or_less.');
    await page.context().close();
  });

  test('is reached, read, and accepted with the keyboard alone', async () => {
    const page = await here.open();
    await page.locator('.title').focus();
    await write(page, 'Tide gauge', gauge);
    const said = page.locator('precis-suggestion').getByRole('status');
    await eventually(() => said.textContent()).toContain('Alt+Shift+S');
    await page.keyboard.press('Alt+Shift+S');
    await card(page).waitFor();
    const focused = () =>
      page.evaluate(() => {
        const active = document.activeElement;
        const inner = active?.shadowRoot?.activeElement ?? active;
        return inner?.getAttribute('aria-label') ?? (inner?.textContent?.trim() || inner?.tagName);
      });
    expect(await card(page).evaluate((each) => each.matches(':focus'))).toBe(true);
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'detached' });
    await eventually(focused).toBe('Suggested summary');
    await page.keyboard.press('Enter');
    await card(page).waitFor();
    for (let stop = 0; stop < 8 && (await focused()) !== 'Accept'; stop++) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await summary(page).waitFor();
    expect(await said.textContent()).toBe('Summary added to the document.');
    expect(await focused()).toBe('Document');
    await page.context().close();
  });

  test('withheld for a recipe: nothing is shown, and the reason on request', async () => {
    const page = await here.open();
    await write(page, 'Soup', `Preheat the oven and chop the onion finely. ${gauge}`);
    await eventually(() => here.suggester.asked).toBe(1);
    const about = page.getByRole('button', { name: 'About the summary' });
    await eventually(() => about.getAttribute('data-phase')).toBe('withheld');
    expect(await icon(page).count()).toBe(0);
    expect(await card(page).count()).toBe(0);
    await about.click();
    expect(await card(page).textContent()).toContain('looks like a recipe');
    await page.context().close();
  });

  test('is offered anew after substantial edits, not after small ones', async () => {
    const page = await here.open();
    await write(page, 'Tide gauge', gauge);
    await icon(page).click();
    await button(page, 'Accept').click();
    await page.locator('.ProseMirror > p').last().click();
    await page.keyboard.press('End');
    const offer = page.getByRole('button', { name: 'Check for a new summary' });
    await page.keyboard.type(' Indeed.');
    await page.waitForTimeout(2500);
    expect(await offer.count()).toBe(0);
    await page.keyboard.press('Enter');
    await page.keyboard.insertText(
      'Since June a camera beside it counts the boats that leave, and the two records are compared every night by the harbour master.',
    );
    // The first text may have been answered out of the service's cache.
    const before = here.suggester.asked;
    await offer.click();
    await icon(page).waitFor();
    await eventually(() => here.suggester.asked).toBe(before + 1);
    await page.context().close();
  });
});

describe('files', { timeout: 120_000 }, () => {
  const fixture = (name: string) => readFileSync(join(root, 'test/fixtures/files', name));

  test('a docx is dropped and becomes a document beside the one before', async () => {
    const page = await here.open();
    await write(page, 'Kept', gauge);
    await dropFile(page, 'article.docx', fixture('article.docx'));
    await eventually(() => page.locator('.title').textContent(), { timeout: 60_000 }).not.toBe(
      'Kept',
    );
    expect(await page.locator('.ProseMirror').textContent()).not.toContain('harbour gauge');
    expect(await page.locator('.ProseMirror > p').count()).toBeGreaterThan(1);
    await page.getByRole('link', { name: 'Kept' }).click();
    await eventually(() => page.locator('.ProseMirror').textContent()).toContain('harbour gauge');
    await page.context().close();
  });

  test('Markdown keeps its formatting; HTML in it is text, not markup', async () => {
    const page = await here.open();
    const text =
      '---\ntitle: Tides\n---\n\n# Tides\n\nThe *moon* pulls.\n\n- one\n- two\n\n<img src=x onerror=alert(1)>\n';
    await dropFile(page, 'tides.md', Buffer.from(text));
    await eventually(() => page.locator('.title').textContent()).toBe('Tides');
    expect(await page.locator('.ProseMirror em').textContent()).toBe('moon');
    expect(await page.locator('.ProseMirror li').count()).toBe(2);
    expect(await page.locator('.ProseMirror img').count()).toBe(0);
    await page.context().close();
  });

  test('a file that cannot be read says why, and the text stays', async () => {
    const page = await here.open();
    await write(page, 'Kept', gauge);
    await dropFile(page, 'protected.pdf', fixture('protected.pdf'));
    await page.getByText(/protected\.pdf was not imported\. .*password/).waitFor();
    expect(await page.locator('.title').textContent()).toBe('Kept');
    await page.context().close();
  });

  test('two tabs with one document lose nothing of either', async () => {
    const page = await here.open();
    await write(page, 'Shared', gauge);
    // The answer is kept with the document: once it is there and saved, this tab writes no more by itself.
    await icon(page).waitFor();
    await page.waitForTimeout(1000);
    await page.getByText('Saved in this browser').waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await eventually(() => other.locator('.title').textContent()).toBe('Shared');
    await write(other, 'Mine ', 'Second tab.');
    await other.getByText('Saved in this browser').waitFor();
    await other.waitForTimeout(600);
    await page.locator('.title').click();
    await page.keyboard.insertText('First ');
    await page.getByText('changed in another tab').waitFor();
    await page.reload();
    await eventually(() => page.locator('.ProseMirror').textContent()).toContain('First');
    expect(await other.locator('.ProseMirror').textContent()).toContain('Second tab.');
    await page.context().close();
  });
});
