import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { root } from '../built.js';
import { launch, violations } from '../chromium.js';
import { build, FakeAddon } from './fake/addon.js';
import type { Response } from './fake/services.js';

/** `PICTURES=1` writes the pictures of docs/addon.md anew. */
const pictures = process.env.PICTURES ? join(root, 'docs/pictures') : null;
/** Google gives sidebars this width. */
const WIDTH = 300;

const id = '0c0dc8fa-513e-4595-8fdf-d84a5a6c8e80';
const sentence = 'The town of Harrowmere has turned its empty ferry office into a seed library.';
const answer = (more: object = {}): Response => {
  const source = { start: 0, end: sentence.length, text: sentence };
  const suggestion = { id, text: sentence, type: 'tldr', confidence: 0.69, sources: [source] };
  const input = { tokens: 326, limit: 384, truncated: false };
  const body = { suggestion, reason: null, documentType: null, input, ...more };
  return { status: 200, body };
};
const nothing = (reason: string, documentType: string | null = null) =>
  answer({ suggestion: null, reason, documentType });
const error = (status: number, code: string, headers = {}): Response => ({
  status,
  headers,
  body: { error: { code, message: 'Why.' }, requestId: 'req-7' },
});

let built: Awaited<ReturnType<typeof build>>;
let browser: Browser;
beforeAll(async () => {
  [built, browser] = await Promise.all([build(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  built?.remove();
});

let addon: FakeAddon;
let context: BrowserContext;
let page: Page;
let faults: string[];
/** What calls of the script wait for. */
let gate: Promise<void>;

beforeEach(async () => {
  addon = new FakeAddon(built.folder);
  addon.user.setProperty('address', 'https://precis.example.org');
  addon.fetch.answer = () => answer();
  addon.document.tab.write('NORMAL', `${sentence} People take packets home and bring some back.`);
  addon.document.tab.write('NORMAL', 'It opens on three days a week, and is run by volunteers.');
  gate = Promise.resolve();
  faults = [];
  context = await browser.newContext({
    viewport: { width: WIDTH, height: 560 },
    deviceScaleFactor: 2,
  });
  page = await context.newPage();
  page.on('pageerror', (fault) => faults.push(String(fault)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.exposeFunction('scriptRun', async (name: never, ...given: never[]) => {
    await gate;
    return addon.call(name, ...(given as never));
  });
  await page.addInitScript(() => {
    // As Google's: handlers are chained, a call returns nothing, and only then something happens.
    type Handler = (value: unknown) => void;
    const runner = (done: Handler, failed: Handler): unknown =>
      new Proxy(
        {},
        {
          get: (_, name: string) => {
            if (name === 'withSuccessHandler') return (handler: Handler) => runner(handler, failed);
            if (name === 'withFailureHandler') return (handler: Handler) => runner(done, handler);
            return (...given: unknown[]) => {
              const { scriptRun } = globalThis as unknown as {
                scriptRun(...all: unknown[]): Promise<unknown>;
              };
              scriptRun(name, ...given).then(done, failed);
            };
          },
        },
      );
    const ignore = () => {};
    Object.assign(globalThis, { google: { script: { run: runner(ignore, ignore) } } });
  });
  await page.route('https://docs.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: addon.sidebar?.content ?? '' }),
  );
});

afterEach(async () => {
  expect(faults).toEqual([]);
  await context.close();
});

async function open(menu = 'openSidebar'): Promise<void> {
  addon.run(menu);
  await page.goto('https://docs.test/');
}

const heading = (text: string | RegExp) => page.getByRole('heading', { level: 2, name: text });
const button = (text: string) => page.getByRole('button', { name: text, exact: true });
const lines = () => addon.document.tab.lines;

/** The state is there, is accessible, and fits into the width of a sidebar. */
async function shows(text: string | RegExp, picture?: string): Promise<void> {
  await heading(text).waitFor({ timeout: 20_000 });
  expect(await violations(page)).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(WIDTH);
  if (!pictures || !picture) return;
  mkdirSync(pictures, { recursive: true });
  const height = await page.evaluate<number>('document.body.offsetHeight');
  await page.screenshot({
    path: join(pictures, `addon-${picture}.png`),
    clip: { x: 0, y: 0, width: WIDTH, height },
  });
}

test('first use: asks for the service, tests it, and goes on to a suggestion', async () => {
  addon.user.deleteProperty('address');
  await open();
  await shows('Where is your service?', 'settings');
  await page.getByLabel('Address of your Precis service').fill('https://localhost:8080');
  await button('Save and test').click();
  await shows('That address doesn’t work');
  expect(await page.getByLabel(/^Address/).inputValue()).toBe('https://localhost:8080');
  addon.fetch.answer = ({ url }) =>
    url.endsWith('/v1/info')
      ? { status: 200, body: { model: { name: 'precis-minilm-ssru', version: '0.1.0' } } }
      : answer();
  await page.getByLabel(/^Address/).fill('https://precis.example.org');
  await page.getByLabel(/^Key/).fill('precis_secret');
  await page.keyboard.press('Enter');
  await shows('Suggested summary');
  expect(addon.fetch.requests.at(-1)?.headers.Authorization).toBe('Bearer precis_secret');
});

describe('a suggestion', { timeout: 120_000 }, () => {
  test('is accepted into the document, by keyboard alone', async () => {
    await open();
    await shows('Suggested summary', 'suggestion');
    await page.getByText('Likely a good fit. Of ten like this, readers keep about 7.').waitFor();
    await heading('Suggested summary').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await shows('Summary of this document', 'accepted');
    expect(lines().slice(0, 2)).toEqual(['HEADING2: Summary', sentence]);
    expect(await page.evaluate('document.activeElement?.tagName')).toBe('H2');
  });

  test('is edited first', async () => {
    await open();
    await button('Edit').click();
    await shows('Edit the summary', 'edit');
    await page.getByLabel('Your version').fill('Harrowmere lends seeds.');
    await button('Insert').click();
    await shows('Summary of this document');
    expect(lines()[1]).toBe('Harrowmere lends seeds.');
    expect(addon.fetch.requests.at(-1)?.body).toMatchObject({ action: 'edited' });
  });

  test('is dismissed', async () => {
    await open();
    await button('Dismiss').click();
    await shows('Dismissed');
    await expect
      .poll(() => addon.fetch.requests.at(-1)?.body)
      .toMatchObject({ action: 'dismissed' });
    expect(lines()[0]).not.toMatch(/Summary/);
  });

  test('shows where it comes from, in the document', async () => {
    await open();
    await page.getByRole('button', { name: /^The town of Harrowmere/ }).click();
    await page.getByText('The passage is selected in the document.').waitFor();
    expect(addon.document.selection).toBe(sentence);
  });

  test('is not inserted over a change of the document, unless the writer wants it', async () => {
    await open();
    await shows('Suggested summary');
    addon.document.tab.write('NORMAL', 'A colleague adds a sentence.');
    await button('Accept').click();
    await shows('The document has changed', 'changed');
    expect(lines()[0]).not.toMatch(/Summary/);
    await button('Insert anyway').click();
    await shows('Summary of this document');
  });

  test('has no say in what the page is: its text is text', async () => {
    const text = '<img src=x onerror="document.title=1"> </script><b>bold</b> is shown as it is.';
    addon.fetch.answer = () =>
      answer({ suggestion: { id, text, confidence: 0.9, sources: [{ start: 0, end: 9, text }] } });
    await open();
    await shows('Suggested summary');
    expect(await page.locator('.card .text').textContent()).toBe(text);
    expect(await page.locator('img, b').count()).toBe(0);
  });
});

describe('a summary that stands', { timeout: 120_000 }, () => {
  test('is found again, told stale after substantial edits, and replaced', async () => {
    await open();
    await button('Accept').click();
    await heading('Summary of this document').waitFor();
    for (const text of ['Much', 'of this', 'is new.']) addon.document.tab.write('NORMAL', text);
    await open();
    await shows('Summary of this document', 'stale');
    await page.getByText('A new summary may fit better.').waitFor();
    await button('Check for a new summary').click();
    await button('Accept').click();
    await heading('Summary of this document').waitFor();
    expect(lines().filter((line) => line.endsWith(': Summary'))).toHaveLength(1);
  });

  test('that was edited by hand is kept when the writer says so', async () => {
    await open();
    await button('Accept').click();
    await heading('Summary of this document').waitFor();
    (addon.document.tab.body.children[1] as unknown as { write(text: string): void }).write(
      'Mine.',
    );
    await button('Check for a new summary').click();
    await button('Accept').click();
    await shows('The summary was edited by hand');
    await button('Keep it').click();
    await shows('Suggested summary');
    expect(lines()[1]).toBe('Mine.');
  });

  test('is removed, and the sidebar says when somebody else took it out', async () => {
    await open();
    await button('Accept').click();
    await button('Remove').click();
    await shows('The summary was taken out');
    expect(lines()).toHaveLength(2);
    await button('Suggest a summary').click();
    await button('Accept').click();
    await heading('Summary of this document').waitFor();
    addon.undo();
    await open();
    await shows('The summary was taken out');
  });
});

describe('when nothing is suggested', { timeout: 120_000 }, () => {
  test.each([
    ['too_short', null, /too short/],
    ['unsuitable_document', 'recipe', /looks like a recipe/],
    ['low_confidence', null, /not sure enough/],
    ['unsupported_language', null, /language/],
  ])('%s is explained quietly', async (reason, kind, words) => {
    addon.fetch.answer = () => nothing(reason, kind);
    await open();
    await shows('No suggestion for now');
    expect(await page.getByText(words).isVisible()).toBe(false);
    await page.getByText('Why?').click();
    await page.getByText(words).waitFor();
    await shows('No suggestion for now', reason === 'unsuitable_document' ? 'withheld' : undefined);
  });
});

describe('trouble', { timeout: 120_000 }, () => {
  test.each([
    ['the key', error(401, 'unauthorized'), 'The key is not accepted'],
    ['a scope', error(403, 'forbidden'), 'The key may not do this'],
    ['the size', error(413, 'too_large'), 'The document is too large'],
    [
      'the wrong address',
      { status: 200, body: '<html></html>' },
      'No Precis service answers there',
    ],
    ['a fault', error(500, 'internal'), 'Something went wrong'],
  ])('with %s', async (_, response, title) => {
    addon.fetch.answer = () => response;
    await open();
    await shows(title);
    addon.fetch.answer = () => answer();
    await button('Try again').click();
    await shows('Suggested summary');
  });

  test('an unreachable service says that nothing was changed', async () => {
    addon.fetch.answer = () => {
      throw new Error('DNS error: https://precis.example.org');
    };
    await open();
    await shows('The service can’t be reached', 'unreachable');
    await button('Settings').first().click();
    await shows('Where is your service?');
    await button('Back').click();
    await shows('No summary yet');
  });

  test('Google’s daily limit', async () => {
    addon.fetch.answer = () => {
      throw new Error('Service invoked too many times for one day: urlfetch.');
    };
    await open();
    await shows('Google’s limit is reached');
  });

  test('a busy service is asked again when it said so', async () => {
    addon.fetch.answer = () => error(429, 'busy', { 'Retry-After': '1' });
    await open();
    await heading('The service is busy').waitFor();
    addon.fetch.answer = () => answer();
    await shows('Suggested summary');
  });

  test('a long wait is told and not spent in a loop', async () => {
    addon.fetch.answer = () => error(429, 'busy', { 'Retry-After': '90' });
    await open();
    await shows('The service is busy', 'busy');
    await page.getByText(/again by itself in \d+ seconds/).waitFor();
    addon.fetch.answer = () => error(429, 'quota_exceeded', { 'Retry-After': '40000' });
    await button('Try again').click();
    await expect.poll(() => addon.fetch.requests.length).toBe(2);
    await shows('The service is busy');
    expect(await page.getByText(/by itself/).count()).toBe(0);
  });

  test('offline: says so, and goes on when the network is back', async () => {
    await open();
    await shows('Suggested summary');
    await context.setOffline(true);
    await button('Accept').click();
    await shows('You are offline');
    expect(lines()[0]).not.toMatch(/Summary/);
    await context.setOffline(false);
    await shows('Summary of this document');
    expect(lines()[0]).toMatch(/Summary/);
  });

  test('a document that may only be read keeps the suggestion at hand', async () => {
    await open();
    await shows('Suggested summary');
    addon.document.readOnly = true;
    await button('Accept').click();
    await shows('You can’t edit this document');
    addon.document.readOnly = false;
    await button('Try again').click();
    await shows('Summary of this document');
  });
});

test('while it works it can be stopped, and a late answer changes nothing', async () => {
  await open();
  await shows('Suggested summary');
  await button('Dismiss').click();
  let go = () => {};
  gate = new Promise((resolve) => {
    go = resolve;
  });
  await button('Suggest a summary').click();
  await shows('Reading the document…', 'working');
  await button('Stop').click();
  await shows('Stopped');
  go();
  const asked = () => addon.fetch.requests.filter(({ url }) => /summaries$/.test(url)).length;
  await expect.poll(asked).toBe(2);
  await shows('Stopped');
});

test('settings open from the menu, and keep the key to themselves', async () => {
  addon.user.setProperty('key', 'precis_secret');
  await open('openSettings');
  await shows('Where is your service?');
  expect(await page.content()).not.toContain('precis_secret');
  expect(await page.getByLabel('New key').inputValue()).toBe('');
});
