/** `work` that remembers its latest argument: candidates of one document come one after the other. */
export function latest<A, R>(work: (argument: A) => R): (argument: A) => R {
  let known: { argument: A; result: R } | undefined;
  return (argument) => {
    if (known?.argument !== argument) known = { argument, result: work(argument) };
    return known.result;
  };
}
