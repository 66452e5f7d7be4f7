import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

export const scope = z
  .enum(['suggest', 'feedback', 'admin'])
  .describe('suggest: ask for summaries; feedback: say what became of them; admin: everything.');

/** A key as it is kept: the secret itself is not in it. */
export const storedKey = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{8}$/),
  name: z.string().min(1).max(100),
  /** SHA-256 of the whole key, hex. The secret has 256 random bits: nothing to stretch. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(scope).min(1),
  ratePerMinute: z.int().positive().optional(),
  documentsPerDay: z.int().positive().optional(),
  created: z.iso.datetime(),
  expires: z.iso.datetime().optional(),
});

export type Scope = z.infer<typeof scope>;
export type StoredKey = z.infer<typeof storedKey>;

export type NewKey = Pick<
  StoredKey,
  'name' | 'scopes' | 'ratePerMinute' | 'documentsPerDay' | 'expires'
>;

/** A new key: what is kept, and the secret that is shown once. */
export function createKey(wanted: NewKey): { stored: StoredKey; secret: string } {
  const id = randomBytes(4).toString('hex');
  const secret = `precis_${id}_${randomBytes(32).toString('base64url')}`;
  const stored = { ...wanted, id, hash: digest(secret), created: new Date().toISOString() };
  return { stored: storedKey.parse(stored), secret };
}

/** Whether this is the secret of that key, in a time that tells nothing. */
export function isSecretOf(key: StoredKey, secret: string): boolean {
  return timingSafeEqual(Buffer.from(digest(secret), 'hex'), Buffer.from(key.hash, 'hex'));
}

export function mayUse(key: StoredKey, wanted: Scope): boolean {
  return key.scopes.includes('admin') || key.scopes.includes(wanted);
}

export function isExpired(key: StoredKey, now: Date): boolean {
  return key.expires !== undefined && new Date(key.expires) <= now;
}

const digest = (secret: string) => createHash('sha256').update(secret).digest('hex');
