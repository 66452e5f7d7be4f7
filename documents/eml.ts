import PostalMime from 'postal-mime';
import { Extract } from './extract.js';
import { readFragment } from './html.js';
import type { Limits } from './limits.js';
import { readPlain } from './plain.js';
import { UnreadableError } from './unreadable.js';

const REPLY =
  /^(?:On .{5,200} wrote:|Am .{5,200} schrieb .{1,100}:|-{3,} ?Original Message ?-{3,})\s*$/m;

/** A mail: its subject and what its writer wrote, without the mails it answers and without attachments. */
export async function readEml(bytes: Uint8Array, limits: Limits): Promise<Extract> {
  const mail = await PostalMime.parse(bytes, { maxNestingDepth: 20 }).catch((error: Error) => {
    throw new UnreadableError('damaged', error.message.slice(0, 200));
  });
  const extract = new Extract(limits.characters);
  if (mail.subject) extract.title = mail.subject.replace(/^(?:\s*(?:re|fwd?|aw|wg):)+\s*/i, '');
  const text = mail.text && ownWords(mail.text);
  if (text?.trim()) {
    for (const block of readPlain(text, { limit: text.length }).blocks) {
      extract.add(block.kind, block.text, block.level);
    }
  } else if (mail.html) readFragment(mail.html, extract);
  return extract;
}

/** Without quoted lines, the line that introduces them, and the signature behind "-- " (RFC 3676 4.3). */
function ownWords(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const signature = lines.indexOf('-- ');
  const kept = (signature < 0 ? lines : lines.slice(0, signature)).filter(
    (line) => !/^\s*>/.test(line),
  );
  return kept.join('\n').replace(REPLY, '');
}
