/**
 * Closeness to the document. A summary that reuses the document's runs of words is grammatical where
 * the document is; a small decoder breaks grammar and facts at the *seams*: ids that do not go on where
 * the run they follow goes on. Each seam costs `penalty` nats in the search, so that of two texts equally
 * likely the one made of longer runs wins (cf. Lebanoff et al. 2019, "Analyzing Sentence Fusion in
 * Abstractive Summarization", and the coverage penalty of See et al. 2017, which also acts in the search).
 */
export interface Seams {
  /** S ids of the document. */
  source: readonly number[];
  /** `placesOf` them. */
  places: ReadonlyMap<number, readonly number[]>;
  /** Nats a seam costs. */
  penalty: number;
}

/** The part of a path that the next id's place depends on. */
interface Written {
  at: readonly number[];
  seams: number;
}

/** Where each id stands among the S ids of a document. */
export function placesOf(source: readonly number[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [at, id] of source.entries()) {
    const found = places.get(id);
    if (found) found.push(at);
    else places.set(id, [at]);
  }
  return places;
}

/** Positions `token` may come from after `written`, and whether it makes a seam. `eos` and a first id never do. */
export function follow(
  written: Written | undefined,
  token: number,
  { seams, eos }: { seams?: Seams | undefined; eos: number },
): { at: readonly number[]; cost: number; seams: number } {
  const before = written?.seams ?? 0;
  if (!seams || token === eos) return { at: [], cost: 0, seams: before };
  const on = (written?.at ?? []).map((p) => p + 1).filter((p) => seams.source[p] === token);
  if (on.length > 0) return { at: on, cost: 0, seams: before };
  const at = seams.places.get(token) ?? [];
  if (!written) return { at, cost: 0, seams: 0 };
  return { at, cost: seams.penalty, seams: before + 1 };
}
