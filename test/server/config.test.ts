import { readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  checkExposure,
  checkLimits,
  effectiveConfig,
  keys,
  originOf,
  readConfig,
} from '../../server/config/index.js';
import { summaryRequest } from '../../server/schemas/summaries.js';
import { root } from '../built.js';
import { FakeSuggester } from './fake.js';

test('defaults bind the loopback address', () => {
  expect(readConfig({}, {})).toMatchObject({
    host: '127.0.0.1',
    port: 8080,
    logLevel: 'info',
    bodyBytes: 4_194_304,
    drainSeconds: 10,
    insecure: false,
    storeTexts: false,
  });
});

test('every setting says what it is, why its default is so, and has a variable of its own', () => {
  const origins = keys.map(originOf);
  for (const { about, why, variable } of origins) {
    expect(about.length).toBeGreaterThan(5);
    expect(why.length).toBeGreaterThan(5);
    expect(variable).toMatch(/^[A-Z_]+$/);
  }
  expect(new Set(origins.map(({ variable }) => variable)).size).toBe(keys.length);
});

describe('a configuration file', () => {
  const file = async (content: string) => {
    const path = join(await mkdtemp(join(tmpdir(), 'precis-config-')), 'precis.json');
    await writeFile(path, content);
    return path;
  };

  test('is between the environment and the defaults', async () => {
    const config = await file('{"port": 1, "host": "::1", "corsOrigins": ["https://a.example"]}');
    const { config: read, sources } = effectiveConfig({ config }, { PORT: '2' });
    expect(read).toMatchObject({ port: 2, host: '::1', corsOrigins: ['https://a.example'] });
    expect(sources).toMatchObject({ port: 'environment', host: 'file', bodyBytes: 'default' });
  });

  test.each([
    ['{"prot": 1}', /precis\.json: no such setting: prot; there are host, port/],
    ['[]', /precis\.json: a JSON object/],
    ['{"databaseUrl": "postgres://me:hunter2@db"', /precis\.json: is not JSON$/],
    ['{"port": "x"}', /port \(.*precis\.json\)/],
  ])('%s is refused by name', async (content, message) => {
    const config = await file(content);
    expect(() => readConfig({ config }, {})).toThrow(message);
  });

  test('that is missing is named', () => {
    expect(() => readConfig({}, { PRECIS_CONFIG: '/nowhere.json' })).toThrow(
      '/nowhere.json: cannot be read (ENOENT)',
    );
  });
});

describe('limits that contradict each other are refused', () => {
  test.each(['0.0.0.0', '::', '192.168.0.4', 'precis.example'])('%s without keys', (host) => {
    const open = readConfig({ host }, {});
    expect(() => checkExposure(open, false)).toThrow(/without API keys.*precis keys create/);
    expect(() => checkExposure(open, true)).not.toThrow();
    expect(() => checkExposure({ ...open, insecure: true }, false)).not.toThrow();
  });

  test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost'])('%s needs no keys', (host) => {
    expect(() => checkExposure(readConfig({ host }, {}), false)).not.toThrow();
  });

  test('a queue in which one document has no room', () => {
    const small = readConfig({ queueTokens: '511' }, {});
    expect(() => checkLimits(small, new FakeSuggester().info())).toThrow(/511.*512/);
    expect(() =>
      checkLimits(readConfig({ queueTokens: '512' }, {}), new FakeSuggester().info()),
    ).not.toThrow();
  });
});

test('flags win over the environment', () => {
  const environment = { PORT: '9000', HOST: '::1', PRECIS_BUNDLE: '/b' };
  expect(readConfig({ port: '0' }, environment)).toMatchObject({
    port: 0,
    host: '::1',
    bundle: '/b',
  });
});

test('an empty variable counts as unset', () => {
  expect(readConfig({}, { PORT: '', PRECIS_BUNDLE: '' })).toMatchObject({ port: 8080 });
});

test('every mistake is named with its variable', () => {
  expect(() => readConfig({ port: '70000' }, { LOG_LEVEL: 'loud' })).toThrow(
    /port \(--port\).*logLevel \(LOG_LEVEL\)/,
  );
});

test('the request that `precis serve` suggests is valid, and is the example document', () => {
  const read = (name: string) => readFileSync(join(root, 'examples', name), 'utf8');
  const request = summaryRequest.parse(JSON.parse(read('request.json')));
  expect(request.document.text).toBe(read('seed-library.md'));
});
