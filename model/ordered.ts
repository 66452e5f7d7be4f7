/**
 * Applies `work` to the items of a stream, at most `window` at once, and yields the answers in the
 * items' order. No more is read than is being worked on; an answer does not wait for the next item
 * to be read, so that a slow stream is answered line by line.
 */
export async function* ordered<In, Out>(
  items: Iterable<In> | AsyncIterable<In>,
  window: number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out, void, undefined> {
  const iterator = iterate(items);
  const running: Promise<Out>[] = [];
  let reading: Promise<IteratorResult<In>> | undefined;
  let done = false;
  try {
    while (!done || running.length > 0) {
      if (!done && running.length < window) reading ??= iterator.next();
      const head = running[0]?.then((answer) => ({ answer }));
      const first = await Promise.race([head, reading].filter((p) => p !== undefined));
      if ('answer' in first) {
        running.shift();
        yield first.answer;
      } else {
        reading = undefined;
        if (first.done) done = true;
        else running.push(work(first.value));
      }
    }
  } finally {
    // The reader stopped early: let the stream close what it has open.
    if (!done) void Promise.resolve(iterator.return(undefined)).catch(() => undefined);
  }
}

async function* iterate<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* items;
}
