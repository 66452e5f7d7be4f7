import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../server/config.js';
import { summaryRequest } from '../../server/schemas/summaries.js';
import { root } from '../built.js';

test('defaults bind the loopback address', () => {
  expect(readConfig({}, {})).toEqual({
    host: '127.0.0.1',
    port: 8080,
    logLevel: 'info',
    bodyBytes: 4_194_304,
    drainSeconds: 10,
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
    /port \(PORT\).*logLevel \(LOG_LEVEL\)/,
  );
});

test('the request that `precis serve` suggests is valid, and is the example document', () => {
  const read = (name: string) => readFileSync(join(root, 'examples', name), 'utf8');
  const request = summaryRequest.parse(JSON.parse(read('request.json')));
  expect(request.document.text).toBe(read('book-exchange.md'));
});
