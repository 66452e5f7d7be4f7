import { isIP } from 'node:net';
import type { SuggesterInfo } from '../suggester.js';
import type { Config } from './schema.js';

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1' || host === '::ffff:127.0.0.1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** @throws Error when the service would be open to a network without keys. */
export function checkExposure({ host, insecure }: Config, hasKeys: boolean): void {
  if (hasKeys || insecure || isLoopback(host)) return;
  throw new Error(
    `Binding ${host} without API keys would let anyone on the network use this service. ` +
      'Create a key (precis keys create NAME), bind 127.0.0.1, or say --insecure.',
  );
}

/** @throws Error when a limit contradicts what the loaded model reads. */
export function checkLimits({ queueTokens }: Config, { model }: SuggesterInfo): void {
  const { sourceTokens } = model.limits;
  if (queueTokens >= sourceTokens) return;
  throw new Error(
    `queueTokens (PRECIS_QUEUE_TOKENS) is ${queueTokens}, but one document may have ${sourceTokens} ` +
      'tokens and could never wait; give at least that many.',
  );
}
