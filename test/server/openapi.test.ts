import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../built.js';
import { buildApp } from './app.js';
import { FakeSuggester } from './fake.js';

let app: FastifyInstance;
// biome-ignore lint/suspicious/noExplicitAny: the document is what is tested
let document: any;
beforeAll(async () => {
  app = await buildApp({ suggester: new FakeSuggester() });
  document = (await app.inject({ url: '/openapi.json' })).json();
});
afterAll(() => app.close());

test('docs/openapi.json is what the routes give (npm run openapi writes it)', () => {
  const committed = JSON.parse(readFileSync(join(root, 'docs/openapi.json'), 'utf8'));
  expect(document).toEqual(committed);
});

test('it is OpenAPI 3.1 and every route says what it does and how it fails', () => {
  expect(document.openapi).toBe('3.1.0');
  const operations = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    // biome-ignore lint/suspicious/noExplicitAny: as above
    Object.entries<any>(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
  expect(operations.length).toBeGreaterThanOrEqual(11);
  for (const { path, summary, tags, responses } of operations) {
    expect(summary, path).toMatch(/^[A-Z]/);
    expect(tags, path).toHaveLength(1);
    if (path.startsWith('/health')) continue;
    expect(Object.keys(responses), path).toEqual(
      expect.arrayContaining(['200', '401', '403', '429', '500', '503']),
    );
  }
});

test('every reference in it resolves', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, path] of references) {
    const target = path?.split('/').reduce((node, key) => node?.[key], document);
    expect(target, path).toBeDefined();
  }
});
