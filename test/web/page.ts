import type { FastifyInstance } from 'fastify';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launch } from '../chromium.js';
import { buildApp } from '../server/app.js';
import { ScriptedSuggester } from './scripted.js';

export interface Site {
  app: FastifyInstance;
  suggester: ScriptedSuggester;
  url: string;
  browser: Browser;
  /** A page of a browser that knows nothing yet. Errors of the page fail the test that looks. */
  open(options?: BrowserContextOptions & { path?: string }): Promise<Page>;
  close(): Promise<void>;
}

/**
 * The service with its built pages, a fake model, and a browser.
 *
 * @param bundle folder of the model that browsers are given; none by default.
 */
export async function site({ bundle }: { bundle?: string } = {}): Promise<Site> {
  const suggester = new ScriptedSuggester(bundle);
  const app = await buildApp({ suggester });
  await app.service.loaded;
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await launch();
  return {
    app,
    suggester,
    url,
    browser,
    async open({ path = '/', ...options } = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
        locale: 'en-GB',
        ...options,
      });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      await page.goto(url + path);
      if (path === '/') await page.locator('body[data-ready]').waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await app.close();
    },
  };
}

/** `expect.poll` with the patience that a browser on a busy machine needs. */
export const eventually = <T>(look: () => T | Promise<T>, { timeout = 30_000 } = {}) =>
  expect.poll(look, { timeout });

export const gauge = `The harbour gauge measures the height of the sea every six minutes with a radar.
The office reads it from afar and warns ships of low water an hour ahead.
It replaced a float in a well that had to be cleaned by hand each spring.`;

/** Writes as a person does: a title, Enter, paragraphs. */
export async function write(page: Page, title: string, text: string): Promise<void> {
  await page.locator('.title').click();
  await page.keyboard.insertText(title);
  await page.keyboard.press('Enter');
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) await page.keyboard.press('Enter');
    await page.keyboard.insertText(line);
  }
}

export const icon = (page: Page) => page.getByRole('button', { name: 'Suggested summary' });
export const card = (page: Page) => page.getByRole('dialog');
export const summary = (page: Page) => page.getByRole('region', { name: 'Summary' });

/** Drops a file on the page as a file manager does. */
export async function dropFile(page: Page, name: string, content: Buffer): Promise<void> {
  const given = { name, base64: content.toString('base64') };
  await page.evaluate(({ name, base64 }) => {
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], name));
    const target = document.querySelector('.ProseMirror') as HTMLElement;
    const how = { dataTransfer, bubbles: true, cancelable: true };
    target.dispatchEvent(new DragEvent('dragenter', how));
    target.dispatchEvent(new DragEvent('drop', how));
  }, given);
}

/** The service of these tests has no database; what the page tells it is kept here instead. */
export async function feedbackOf(page: Page): Promise<unknown[]> {
  const told: unknown[] = [];
  await page.route('**/v1/feedback', async (route) => {
    told.push(route.request().postDataJSON());
    await route.fulfill({ status: 201, json: {} });
  });
  return told;
}
