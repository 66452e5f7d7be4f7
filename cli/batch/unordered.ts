/** Applies `work` to the items of a stream, `window` at once, and yields answers as they are done. */
export async function* unordered<In, Out>(
  items: AsyncIterable<In>,
  window: number,
  work: (item: In) => Promise<Out>,
): AsyncGenerator<Out> {
  const iterator = items[Symbol.asyncIterator]();
  const running = new Set<Promise<() => Out>>();
  let reading: Promise<IteratorResult<In>> | undefined;
  let done = false;
  while (!done || running.size > 0) {
    if (!done && running.size < window) reading ??= iterator.next();
    const first = await Promise.race([...running, ...(reading ? [reading] : [])]);
    if (typeof first === 'function') yield first();
    else {
      reading = undefined;
      if (first.done) done = true;
      else {
        const job: Promise<() => Out> = work(first.value).then((answer) => {
          return () => {
            running.delete(job);
            return answer;
          };
        });
        running.add(job);
      }
    }
  }
}
