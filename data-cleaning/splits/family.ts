import { hash53 } from '../words.js';

/** Versions, languages and channels, as they stand in the paths of documentation. */
const VERSION =
  /^(?:v?\d+(?:[._]\d+)*(?:[._]x)?(?:-\w+)?|release-[\d.]+|latest|stable|next|nightly|current|edge|main|master|unreleased|en|en-us|en-gb)$/i;

/**
 * A number for the documents of a source that are one page in several versions: its path without
 * version folders. Undefined where a row has no path.
 */
export function pathFamily({
  source,
  path,
}: {
  source: string;
  path?: string;
}): number | undefined {
  if (!path) return undefined;
  const parts = path.split('/').filter((part) => !VERSION.test(part));
  return hash53(`${source}\n${parts.join('/').toLowerCase()}`);
}
