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

export const suggestHelp = `
Examples:
  precis suggest notes.md
  precis suggest report.docx slides.pptx paper.pdf
  precis suggest 'docs/**/*.md' --json
  curl -s https://example.org/page | precis suggest - --format html
  precis suggest notes.md --length medium --sources --explain
${exitHelp}`;

export const batchHelp = `
Examples:
  precis batch in.ndjson --out out.ndjson         a line a document: {"id", "text", "title"?, "format"?}
  precis batch docs/ --out out.ndjson             every document in a folder and below
  precis batch 'posts/**/*.md' extra.pdf --out out.ndjson --report report.html
  precis batch articles.csv --column body --id-column slug --out out.ndjson
  precis batch dump.parquet --column text --out out.ndjson --unordered
  zstdcat rows.ndjson.zst | precis batch - --out -
  precis batch docs/ --out out.ndjson --review --write-frontmatter description

A run that was stopped goes on where it was: give the same command again. Answers are taken
over from the output of an earlier run where document, options, model and program are the
same; --fresh does everything anew. A document that cannot be read has an "error" in its line.
${exitHelp}`;

export const compareHelp = `
Examples:
  precis compare model/bundle /tmp/new-bundle docs/
  precis compare old/ new/ documents.ndjson --json --keep .work/compare
  precis compare old-answers.ndjson new-answers.ndjson documents.ndjson

Each of the two is a bundle, or the results of precis batch. Rows of documents may hold
"references": {"short", "medium"} and "suitable": then the change of quality and the
unsuitable documents that are shown are compared too.
${exitHelp}`;
