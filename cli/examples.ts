import { exitHelp } from './exit.js';

/** What stands below the options in each command's help: examples first. */
export const precisHelp = `
Examples:
  precis suggest notes.md                          one document
  precis batch docs/ --out results.ndjson          many; the same command goes on after a stop
  precis review results.ndjson                     accept, edit or dismiss what was suggested
  precis serve                                     the same over HTTP, with an editor at /
  precis doctor                                    is everything there that is needed?
  precis suggest --help                            more of a command, with examples

Settings: defaults of length, type, minConfidence, workers, bundle, quiet and verbose may stand in
.precis.json (of this folder or the nearest above it) or ~/.config/precis/cli.json; flags win.
Colours: on a terminal, unless NO_COLOR is set.
${exitHelp}`;

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

export const reviewHelp = `
Examples:
  precis review results.ndjson
  precis review results.ndjson --write-frontmatter description
  precis review results.ndjson --all               once more, with what was decided

Keys: a or Return accept, e edit, d dismiss, s or right skip, b or left back, q quit.
Decisions are kept beside the results and stored as feedback, as the service stores it.`;

export const workerHelp = `
Examples:
  precis worker --queue postgres://queue.example.org/precis
  PRECIS_QUEUE=postgres://queue.example.org/precis precis worker --workers 16
  precis worker --queue postgres://queue.example.org/precis --drain

precis batch … --queue puts documents in and writes the answers; precis queue shows what waits.
Ctrl-C or SIGTERM lets the documents under way be finished; those of a killed worker go to another.`;

export const queueHelp = `
Examples:
  precis queue --queue postgres://queue.example.org/precis
  watch precis queue --queue postgres://queue.example.org/precis`;

export const completionHelp = `
Examples:
  precis completion bash >> ~/.bashrc
  precis completion zsh > "\${fpath[1]}/_precis"
  precis completion fish > ~/.config/fish/completions/precis.fish`;

export const serveHelp = `
Examples:
  precis serve
  precis serve --port 9000 --config precis.json
  precis config                                    every setting, and what it would be`;

export const keysHelp = `
Examples:
  precis keys create editor                        prints the key; it is shown this once
  precis keys create metrics --scope admin --expires 2027-01-31
  precis keys list`;
