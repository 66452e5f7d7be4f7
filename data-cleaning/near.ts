export { type Fingerprint, fingerprint, NEAR_COPY, NearCopies } from './duplicates/reserved.js';
