import { paintFor } from '../colour.js';
import { type Finding, fault } from '../doctor/check.js';
import { checks } from '../doctor/checks.js';
import { exit } from '../exit.js';
import { describeError } from '../failure.js';

/** Tries everything precis needs, and says how to mend what does not work. */
export async function doctor(flags: { json?: true; bundle?: string }): Promise<number> {
  const findings: Finding[] = [];
  for (const check of checks(flags.bundle)) {
    findings.push(await check().catch((error) => fault(describeError(error), 'Please report it.')));
  }
  if (flags.json) process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  else print(findings);
  return findings.some(({ state }) => state === 'fault') ? exit.error : exit.done;
}

function print(findings: Finding[]): void {
  const paint = paintFor(process.stdout);
  const marks = {
    ok: paint.green('ok   '),
    note: paint.yellow('note '),
    fault: paint.red('fault'),
  };
  for (const { state, what, mend } of findings) {
    process.stdout.write(`${marks[state]} ${what}\n${mend ? `      ${mend}\n` : ''}`);
  }
}
