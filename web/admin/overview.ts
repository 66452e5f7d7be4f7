import type { z } from 'zod';
import type { adminOverview } from '../../server/schemas/admin.js';

export type Overview = z.infer<typeof adminOverview>;
export type Report = NonNullable<Overview['feedback']>;

/** The service wants a key, or another one. */
export class Refused extends Error {}

/** Longer than the report of a year takes. */
const PATIENCE_MILLISECONDS = 15_000;

/**
 * Asks the service that the page came from.
 *
 * @throws Refused without a key that may; Error with words for the operator for anything else.
 */
export async function readOverview(key: string | null, days: number): Promise<Overview> {
  const url = new URL(`../v1/admin/overview?days=${days}`, location.href);
  const response = await fetch(url, {
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
  }).catch(() => {
    throw new Error('The service does not answer.');
  });
  if (response.ok) return (await response.json()) as Overview;
  const body = await response.json().catch(() => null);
  const message = body?.error?.message ?? `The service answers with HTTP ${response.status}.`;
  if (response.status === 401 || response.status === 403) throw new Refused(message);
  throw new Error(message);
}
