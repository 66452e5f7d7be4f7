import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { keys, originOf } from '../server/config/index.js';
import { root } from './built.js';

const require = createRequire(import.meta.url);
const folder = join(root, 'deploy/kubernetes');
const read = (name: string) => parse(readFileSync(join(folder, name), 'utf8'));

/** The models carry the JSON schemas of the Kubernetes API. */
const models = { Deployment, HorizontalPodAutoscaler, PodDisruptionBudget, Service };

describe('Kubernetes manifests', () => {
  test.each(readdirSync(folder))('%s fits the schema of its kind', (name) => {
    const manifest = read(name);
    const Model = models[manifest.kind as keyof typeof models];
    expect(Model, `${manifest.kind} is not among the kinds that are checked`).toBeDefined();
    const object = new Model(manifest) as { apiVersion: string; validate(): void };
    expect(manifest.apiVersion).toBe(object.apiVersion);
    expect(() => object.validate()).not.toThrow();
  });

  test('fit together, and set only what the service knows', () => {
    const deployment = read('deployment.yaml');
    const [container] = deployment.spec.template.spec.containers;
    const { labels } = deployment.spec.template.metadata;
    expect(labels).toMatchObject(deployment.spec.selector.matchLabels);
    expect(labels).toMatchObject(read('service.yaml').spec.selector);
    expect(labels).toMatchObject(read('disruption.yaml').spec.selector.matchLabels);
    expect(read('autoscaler.yaml').spec.scaleTargetRef.name).toBe(deployment.metadata.name);
    const known = keys.map((key) => originOf(key).variable);
    for (const { name } of container.env) expect(known).toContain(name);
    const drain = container.env.find((each: { name: string }) => each.name.includes('DRAIN')).value;
    const { terminationGracePeriodSeconds } = deployment.spec.template.spec;
    expect(terminationGracePeriodSeconds).toBeGreaterThan(Number(drain) + 5);
  });
});

/** Errors that dclint finds; its schema is the compose specification's. */
function problems(file: string): unknown[] {
  const dclint = join(require.resolve('dclint/package.json'), '../bin/dclint.cjs');
  const { stdout } = spawnSync(process.execPath, [dclint, '-f', 'json', '--quiet', file], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout).flatMap(({ messages }: { messages: unknown[] }) => messages);
}

describe('compose.yaml', () => {
  const file = join(root, 'deploy/compose.yaml');

  test('fits the compose specification', () => {
    expect(problems(file)).toEqual([]);
  });

  test('and the check sees what does not', () => {
    const broken = join(mkdtempSync(join(tmpdir(), 'precis-compose-')), 'compose.yaml');
    const text = readFileSync(file, 'utf8').replace('stop_grace_period', 'stop_patience');
    writeFileSync(broken, text);
    expect(problems(broken)).not.toEqual([]);
  });

  test('sets only what the service knows', () => {
    const { services } = parse(readFileSync(file, 'utf8'));
    const known = keys.map((key) => originOf(key).variable);
    for (const name of Object.keys(services.precis.environment)) expect(known).toContain(name);
  });
});
