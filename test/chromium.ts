import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Debian's Chromium; `CHROMIUM` names another. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

interface Violation {
  id: string;
  nodes: { target: unknown; failureSummary: string }[];
}

interface Axe {
  run(options: { runOnly: string[] }): Promise<{ violations: Violation[] }>;
}

/** What axe finds against WCAG 2.2 A and AA and its best practices, as rule and elements. */
export async function violations(page: Page): Promise<string[]> {
  // Through the debugger, since the pages let no foreign script in.
  await page.evaluate(await readFile(axe, 'utf8'));
  const found = await page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    return (await axe.run({ runOnly })).violations;
  }, RULES);
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary}`).join(' | ')}`,
  );
}
