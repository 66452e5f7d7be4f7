import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Document, Summary } from '../../component/suggester.js';
import { identityOf } from '../../documents/identity.js';
import type { SuggestResult } from '../../model/core/index.js';

/** An answer of the model in the shape of the service's. */
export function toSummary(result: SuggestResult, document: Document): Summary {
  const { suggestion, reason, documentType, input, model } = result;
  return {
    suggestion: suggestion && { id: newId(), ...suggestion },
    reason,
    documentType: documentType as Summary['documentType'],
    input,
    model,
    documentHash: documentHash(document),
  };
}

/** The service's name for a document (`documentHash` in server/summarise.ts). */
export function documentHash({ format = 'markdown', ...rest }: Document): string {
  return bytesToHex(sha256(utf8ToBytes(identityOf({ ...rest, format }))));
}

/** A UUID of version 4; `crypto.randomUUID` is missing where the page came over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytesToHex(bytes);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
