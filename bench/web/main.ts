/**
 * Figures of the pages in Chromium, with the bundle that ships:
 * - from opening a document of 1,000 words to the icon, beside the bare suggestion (goal: ratio ≤ 1.3);
 * - time from a key to its paint while a suggestion is computed and while none is (goal: p95 ± 5 %);
 * - web vitals of the first load (LCP, CLS, blocking time) and its bytes (goal: ≤ 200 kB compressed);
 * - Lighthouse's scores where `npx lighthouse` can be had (goal: performance ≥ 95, accessibility 100).
 *
 * `npm run bench:web`; on a quiet machine only.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { readMarkdown } from '../../documents/index.js';
import { Summarizer } from '../../model/index.js';
import { buildApp } from '../../server/app.js';

const ROUNDS = 15;
const KEYS = 200;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

const summarizer = await Summarizer.load(process.env.PRECIS_BUNDLE);
// Every document is computed: the cache is what is not measured.
const app = await buildApp({ suggester: summarizer, cacheBytes: 0 });
await app.service.loaded;
const url = await app.listen({ host: '127.0.0.1', port: 0 });
const browser = await chromium.launch({ executablePath, args });
try {
  const results = {
    date: new Date().toISOString().slice(0, 10),
    chromium: browser.version(),
    firstLoad: await firstLoad(browser),
    icon: await toIcon(browser),
    typing: await typing(browser),
    lighthouse: await lighthouse(),
  };
  console.log(JSON.stringify(results, null, 2));
} finally {
  await browser.close();
  await app.close();
}

/** A thousand words about one matter, different in each round. */
function document(round: number): string {
  const file = join(import.meta.dirname, '../../../examples/seed-library.md');
  const source = readFileSync(process.env.PRECIS_BENCH_DOCUMENT ?? file, 'utf8');
  const body = source.replace(/^#.*\n/, '');
  let text = `Edition ${round} of this report follows.\n\n${body}`;
  while (text.split(/\s+/).length < 1000) text += `\n\n${body}`;
  return text
    .split(/(?<=\s)/)
    .slice(0, 1000)
    .join('');
}

/** Milliseconds, medians: opening a stored document until the icon is there, and the bare suggestion. */
async function toIcon(browser: Browser) {
  const icon: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const text = document(round);
    const start = performance.now();
    await summarizer.suggest(readMarkdown(text, { title: 'Report' }), { length: 'short' });
    bare.push(performance.now() - start);
    const page = await open(browser);
    icon.push(await page.evaluate(openAndWait, `# Report\n\n${text}`));
    await page.context().close();
  }
  return {
    rounds: ROUNDS,
    icon: median(icon),
    bare: median(bare),
    ratio: median(icon) / median(bare),
  };
}

/** In the page: drops a Markdown file, and waits until there is an answer. */
async function openAndWait(text: string): Promise<number> {
  const element = globalThis.document.querySelector('precis-suggestion');
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], 'report.md'));
  const start = performance.now();
  globalThis.document.body.dispatchEvent(
    new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }),
  );
  return new Promise((resolve) => {
    element?.addEventListener('change', () => {
      // The model may withhold: the answer is what is waited for either way.
      if ((element as unknown as { answer: object | null }).answer)
        resolve(performance.now() - start);
    });
  });
}

/** p95 of milliseconds from a key to the next frame, idle and while a suggestion is computed, in turns. */
async function typing(browser: Browser) {
  const times: Record<'idle' | 'busy', number[]> = { idle: [], busy: [] };
  const page = await open(browser);
  await page.locator('.ProseMirror > p').first().click();
  await page.keyboard.insertText(document(0));
  for (const turn of ['idle', 'busy', 'idle', 'busy'] as const) {
    let go = turn === 'busy';
    const computing = (async () => {
      for (let round = 100; go; round++) await summarizer.suggest(readMarkdown(document(round)));
    })();
    for (let key = 0; key < KEYS / 2; key++) times[turn].push(await keyToFrame(page));
    go = false;
    await computing;
  }
  const [idle, busy] = [percentile(times.idle, 0.95), percentile(times.busy, 0.95)];
  return { keys: KEYS, idleP95: idle, busyP95: busy, ratio: busy / idle };
}

async function keyToFrame(page: Page): Promise<number> {
  const painted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener(
          'keydown',
          () => {
            const start = performance.now();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
          },
          { once: true, capture: true },
        );
      }),
  );
  await page.keyboard.press('a');
  return painted;
}

/** Web vitals of the empty editor, and the bytes that came over the network. */
async function firstLoad(browser: Browser) {
  const page = await (await browser.newContext()).newPage();
  const session = await page.context().newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.loadingFinished', (event) => {
    bytes += event.encodedDataLength;
  });
  await page.goto(url);
  await page.locator('body[data-ready]').waitFor();
  await page.waitForTimeout(2000);
  const vitals = await page.evaluate(async () => {
    const seen = (type: string) =>
      new Promise<PerformanceEntry[]>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries())).observe({
          type,
          buffered: true,
        });
        setTimeout(() => resolve([]), 500);
      });
    const [largest, shifts, long] = await Promise.all(
      ['largest-contentful-paint', 'layout-shift', 'longtask'].map(seen),
    );
    const shift = (entry: PerformanceEntry) => (entry as unknown as { value: number }).value;
    return {
      lcp: largest?.at(-1)?.startTime ?? null,
      cls: shifts?.reduce((sum, each) => sum + shift(each), 0) ?? 0,
      blocking: long?.reduce((sum, each) => sum + Math.max(0, each.duration - 50), 0) ?? 0,
    };
  });
  await page.context().close();
  return { bytes, ...vitals };
}

/** Scores of 0 to 100; null where the program is not to be had. */
async function lighthouse(): Promise<Record<string, number> | null> {
  const file = join(mkdtempSync(join(tmpdir(), 'precis-')), 'lighthouse.json');
  const flags = ['--output=json', `--output-path=${file}`, '--quiet', '--preset=desktop'];
  const chrome = `--chrome-flags=${args.join(' ')}`;
  const env = { ...process.env, CHROME_PATH: executablePath };
  const command = ['--yes', 'lighthouse@12', url, ...flags, chrome];
  try {
    await promisify(execFile)('npx', command, { env });
  } catch (error) {
    process.stderr.write(`lighthouse: ${String(error).slice(-500)}\n`);
    return null;
  }
  const { categories } = JSON.parse(readFileSync(file, 'utf8')) as {
    categories: Record<string, { score: number }>;
  };
  return Object.fromEntries(
    Object.entries(categories).map(([name, { score }]) => [name, Math.round(score * 100)]),
  );
}

async function open(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.locator('body[data-ready]').waitFor();
  return page;
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

function median(values: number[]): number {
  return percentile(values, 0.5);
}
