export type { Block, BlockKind, Document, Span } from './document.js';
export { cutAtLine, READ_LIMIT, type ReadOptions, readMarkdown } from './markdown.js';
export { normalise, normaliseMapped } from './normalise.js';
export { readPlain } from './plain.js';
export { plainTitle, type Rendered, type RenderedLine, renderText, sourceRange } from './render.js';
