import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Debian's Chromium; `CHROMIUM` names another. */
export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

interface Violation {
  id: string;
  nodes: { html: string }[];
}

/** What axe finds wrong, a line each: WCAG 2.2 A and AA, and its best practices. */
export async function violations(page: Page): Promise<string[]> {
  const path = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
  // Through the debugger, since the pages let no foreign script in.
  const source = (await import('node:fs')).readFileSync(path, 'utf8');
  await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(): Promise<{ violations: unknown }> } };
    return (await axe.run()).violations;
  });
  return (found as Violation[]).map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join()}`);
}
