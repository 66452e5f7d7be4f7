import { FILTERS } from '../filters/index.js';
import { LOW_SCORE } from '../judge.js';

/** A row as the outputs tell about it: which filters object, and how it ended. */
export interface Told {
  id: string;
  group: string;
  file: string;
  /** `kept` for clean ones. */
  reason: string;
  /** Of all filters that object, overruled or not. */
  reasons: string[];
}

/** Reasons that hold whatever the recipe: training must not see these rows, or sees them already. */
const ALWAYS = new Set(['contaminates_annotated', 'duplicate', 'source_cap', 'no_summary']);
/** Not even raw data: nothing to read, or no pair. */
const UNREADABLE = new Set(['broken_row', 'unreadable_file', 'unsuitable_kind', 'no_summary']);

export const SCORE = 'score';

/** Filters that `clean-no-X` can leave out, and the score. */
export const WITHOUT: readonly string[] = [...FILTERS.map(({ reason }) => reason), SCORE];

/**
 * Which rows belong to a subset.
 *
 * `raw`: every pair. `clean`: what the run keeps. `clean-no-X`: what it keeps and the pairs that
 * filter X alone holds back; the score is not asked about those, since it has learned X's signs.
 * `clean-no-score`: the pairs that no filter objects to. Copies of annotated dev and test documents
 * are in none.
 *
 * @throws RangeError for a name that is none of these.
 */
export function recipe(name: string): (row: Told) => boolean {
  if (name === 'raw') return ({ reason, reasons }) => ![reason, ...reasons].some(unreadable);
  if (name === 'clean') return ({ reason }) => reason === 'kept';
  const without = /^clean-no-(.+)$/.exec(name)?.[1]?.replaceAll('-', '_') ?? '';
  if (!WITHOUT.includes(without)) {
    const known = WITHOUT.map((one) => `clean-no-${one}`).join(', ');
    throw new RangeError(`no subset "${name}"; there are raw, clean, ${known}`);
  }
  if (without === SCORE) {
    return ({ reason, reasons }) =>
      reasons.length === 0 && (reason === 'kept' || reason === LOW_SCORE);
  }
  return ({ reason, reasons }) =>
    reason === 'kept' ||
    (!ALWAYS.has(reason) && reasons.length > 0 && reasons.every((one) => one === without));
}

const unreadable = (reason: string): boolean =>
  UNREADABLE.has(reason) || reason === 'contaminates_annotated';
