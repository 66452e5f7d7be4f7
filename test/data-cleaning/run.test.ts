import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLines } from '../../data-cleaning/rows.js';
import { built } from '../built.js';
import { BODY, SUMMARY } from './candidates.js';

const execute = promisify(execFile);
const zstd = spawnSync('zstd', ['--version']).status === 0;
const main = () => built('data-cleaning/main.js');

const RESERVED = `# Ferries without diesel

The northern ferries ran on diesel for sixty years. Batteries now carry them over the two short
crossings, and a cable on the quay charges them while cars drive on and off, which takes nine minutes
at most. The long crossing keeps its diesel engine until a battery of twice the size can be bought,
because the boat cannot charge in open water and the wind often makes it late.

The crews had asked for the change since the noise below deck made talking impossible.`;

const row = (id: string, more: object = {}) => ({
  id,
  source: 'lumm/harbour',
  license: 'CC0-1.0',
  path: `${id}.md`,
  title: 'Tide tables for small harbours',
  summary: SUMMARY,
  body: BODY,
  ...more,
});

const ROWS = [
  row('clean'),
  row('copy', { body: BODY.replaceAll(',', ' ;') }),
  row('framed', {
    title: 'A mast of steel',
    summary: 'This article describes how masts of steel are painted against rust in spring.',
    body: `${'Masts of steel are painted against rust in spring, before the boats leave the yard. '.repeat(3)}
The paint needs two dry days, so the yard waits for wind from the east. Old paint is scraped by hand,
because sand would leave scratches where rust begins again within a year or so.`,
  }),
  row('stub', { body: 'Moved.' }),
  row('recipe', { doc_type: 'recipe' }),
  row('speech', {
    doc_type: 'prose_speech',
    summary: null,
    body: `${'We open the new quay today. '.repeat(20)}`,
  }),
  row('reserved-again', {
    title: 'Ferries',
    summary: 'Batteries now carry the northern ferries over the two short crossings.',
    body: `${RESERVED}\n\nSeen in spring.`,
  }),
];

const ANNOTATED = {
  id: 'reserved',
  group: 'pairs',
  file: 'ferries',
  suitable: true,
  kind: 'article',
  author: 'good',
  summary: 'Batteries carry the northern ferries over two short crossings.',
  plain: 'Batteries carry the ferries.',
};

describe.skipIf(!zstd)('precis-clean run', () => {
  let folder: string;
  const records = async (name: string) => {
    const list: Record<string, unknown>[] = [];
    for await (const line of readLines(join(folder, 'out', name))) list.push(JSON.parse(line));
    return list;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'precis-clean-'));
    await mkdir(join(folder, 'pairs'));
    await mkdir(join(folder, 'annotated'));
    const lines = [...ROWS.map((one) => JSON.stringify(one)), '{"broken', '{"id": 5}'].join('\n');
    await writeFile(join(folder, 'pairs', 'harbour.jsonl'), `${lines}\n`);
    const reserved = row('reserved', { title: 'Ferries without diesel', body: RESERVED });
    await writeFile(join(folder, 'pairs', 'ferries.jsonl.gz'), gzipSync(JSON.stringify(reserved)));
    await writeFile(join(folder, 'annotated', 'dev.jsonl'), JSON.stringify(ANNOTATED));
    const options = ['--out', join(folder, 'out'), '--annotated', join(folder, 'annotated')];
    await execute(process.execPath, [main(), 'run', join(folder, 'pairs'), ...options]);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps the clean pair, with its text rendered', async () => {
    const [clean, ...more] = await records('clean.jsonl.zst');
    expect(more).toEqual([]);
    expect(clean).toMatchObject({ id: 'clean', group: 'pairs', file: 'harbour', summary: SUMMARY });
    expect(clean?.text).toMatch(/^Small harbours rarely publish.*\n.*\nWhat it costs\nA pressure/);
  });

  it('keeps every document once as prose, the framed pair only there', async () => {
    expect(await records('loose.jsonl.zst')).toEqual([]);
    const prose = (await records('prose.jsonl.zst')).map(({ id }) => id);
    expect(prose).toEqual(['clean', 'framed', 'speech']);
  });

  it('gives a reason for every row that it drops', async () => {
    const rejects = await records('rejects.jsonl.zst');
    expect(rejects.map(({ id, reason }) => `${id} ${reason}`)).toEqual([
      'reserved contaminates_annotated',
      'copy duplicate',
      'framed framing',
      'stub stub',
      'recipe unsuitable_kind',
      'speech no_summary',
      'reserved-again contaminates_annotated',
      'harbour:8 broken_row',
      'harbour:9 broken_row',
    ]);
    for (const { evidence } of rejects) expect(evidence).not.toBe('');
  });

  it('renders the annotated documents the same way', async () => {
    const [dev] = await records('annotated-dev.jsonl.zst');
    expect(dev).toMatchObject({
      ...ANNOTATED,
      author_summary: SUMMARY,
      title: 'Ferries without diesel',
    });
    expect(dev?.text).toMatch(/^The northern ferries ran/);
  });

  it('counts what it did', async () => {
    const done = JSON.parse(await readFile(join(folder, 'out', 'DONE'), 'utf8'));
    expect(done).toMatchObject({ rows: 10, clean: 1, loose: 0, prose: 3 });
  });
});

describe('precis-clean with bad input', () => {
  const fails = async (...parameters: string[]) => {
    const { stderr, code } = await execute(process.execPath, [main(), ...parameters]).then(
      () => ({ stderr: '', code: 0 }),
      (error: { stderr: string; code: number }) => error,
    );
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr;
  };

  it('names a missing input and an empty folder', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'precis-empty-'));
    expect(await fails('run', '/nowhere', '--out', empty)).toContain('/nowhere');
    expect(await fails('run', empty, '--out', empty)).toContain('no .jsonl');
    await rm(empty, { recursive: true });
  });

  it('asks for --out', async () => {
    expect(await fails('run', '/nowhere')).toContain('--out');
  });
});
