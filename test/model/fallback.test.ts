import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMarkdown } from '../../documents/index.js';
import { Summarizer } from '../../model/index.js';

const folder = new URL('../fixtures/documents/', import.meta.url);
let precis: Summarizer;

beforeAll(async () => {
  precis = await Summarizer.load();
});
afterAll(() => precis.close());

it('medium shows a sure single sentence rather than nothing', async () => {
  let short = 0;
  let alike = 0;
  for (const name of readdirSync(folder)) {
    const document = readMarkdown(readFileSync(new URL(name, folder), 'utf8'));
    const one = (await precis.suggest(document, { length: 'short' })).suggestion;
    const two = (await precis.suggest(document, { length: 'medium' })).suggestion;
    if (!one) continue;
    short++;
    expect(two, name).not.toBeNull();
    if (two?.text === one.text) alike++;
  }
  expect(short).toBeGreaterThan(5);
  expect(alike).toBeGreaterThan(0);
});
