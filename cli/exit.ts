/** Exit codes, as `--help` documents them. */
export const exit = { suggestion: 0, done: 0, error: 1, withheld: 3, churned: 4 } as const;

export const exitHelp = `
Exit codes:
  0    a suggestion was made (batch: at least one document could be read)
  1    an error: nothing could be read, or the arguments are wrong
       (suggest with several documents: one of them could not be read)
  3    no suggestion, and the reason was printed
  4    compare: a limit is broken, the new bundle is not to be shipped
  130  stopped by Ctrl-C`;
