import { randomUUID } from 'node:crypto';
import { lstat, open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { isMap, isScalar, parseDocument } from 'yaml';
import { documentHash } from '../server/summarise.js';
import { describeError } from './failure.js';

export interface FrontMatterEntry {
  field: string;
  text: string;
  /** Of the document that the summary was made of. */
  hash: string;
  /** Replaces a text that is there already. */
  overwrite: boolean;
}

/** Puts a summary into a Markdown file. Anything but `written` says why the file was left alone. */
export async function writeSummary(path: string, entry: FrontMatterEntry): Promise<string> {
  if (!/\.(md|mdx|markdown)$/i.test(path)) return 'is not Markdown; left alone';
  try {
    const file = await realpath(path);
    const before = await readFile(file, 'utf8');
    const line = lineOf(entry);
    if (before.split(/\r?\n/).includes(line)) return 'written';
    const content = before.replace(/^\ufeff/, '');
    if (documentHash({ text: content, title: undefined, format: 'markdown' }) !== entry.hash) {
      return 'has changed since the summary was made; left alone';
    }
    const after = withSummary(before, entry);
    if (!after.ok) return after.why;
    await replace(file, after.text);
    return 'written';
  } catch (error) {
    return describeError(error);
  }
}

/** A JSON string is a YAML string as well. */
const lineOf = ({ field, text }: FrontMatterEntry) => `${field}: ${JSON.stringify(text)}`;

type Change = { ok: true; text: string } | { ok: false; why: string };

/** Changes the one field and no other character. */
export function withSummary(source: string, entry: FrontMatterEntry): Change {
  const mark = source.startsWith('\ufeff') ? '\ufeff' : '';
  const text = source.slice(mark.length);
  const newline = /\r\n/.test(text.slice(0, 1000)) ? '\r\n' : '\n';
  const line = lineOf(entry);
  if (/^\+\+\+[ \t]*\r?\n/.test(text))
    return { ok: false, why: 'has TOML front matter; left alone' };
  const opener = /^---[ \t]*\r?\n/.exec(text)?.[0];
  const closer = opener && /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(opener.length));
  if (!opener || !closer) {
    const fresh = `---${newline}${line}${newline}---${newline}${newline}`;
    return { ok: true, text: mark + fresh + text };
  }
  const yaml = text.slice(opener.length, opener.length + closer.index);
  const changed = changeYaml(yaml, line, newline, entry);
  if (!changed.ok) return changed;
  return {
    ok: true,
    text: mark + opener + changed.text + text.slice(opener.length + closer.index),
  };
}

function changeYaml(yaml: string, line: string, newline: string, entry: FrontMatterEntry): Change {
  const document = parseDocument(yaml, { keepSourceTokens: true });
  if (document.errors.length > 0)
    return { ok: false, why: 'its front matter is not YAML; left alone' };
  const { contents } = document;
  if (contents !== null && !isMap(contents)) {
    return { ok: false, why: 'its front matter has no fields; left alone' };
  }
  const pair = contents?.items.find(({ key }) => isScalar(key) && key.value === entry.field);
  if (!pair) {
    const end = yaml === '' || yaml.endsWith('\n') ? '' : newline;
    return { ok: true, text: `${yaml}${end}${line}${newline}` };
  }
  const value = pair.value as { range?: [number, number, number]; value?: unknown } | null;
  if (value?.value && !entry.overwrite) {
    return { ok: false, why: `has a ${entry.field} already; --overwrite replaces it` };
  }
  const start = (pair.key as { range: [number, number, number] }).range[0];
  const stop = value?.range?.[1] ?? start + entry.field.length + 1;
  const used = yaml.slice(start, stop);
  const tail = /\r?\n$/.exec(used)?.[0] ?? '';
  return { ok: true, text: yaml.slice(0, start) + line + tail + yaml.slice(stop) };
}

/** Whole or not at all, with the rights the file had. */
async function replace(path: string, text: string): Promise<void> {
  const { mode } = await lstat(path);
  const beside = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const file = await open(beside, 'wx', mode & 0o7777);
    await file.writeFile(text);
    await file.sync();
    await file.close();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
