export type { Block, BlockKind, Document, Span } from './document.js';
export { LIMITS, type Limits } from './limits.js';
export { cutAtLine, READ_LIMIT, type ReadOptions, readMarkdown } from './markdown.js';
export { normalise, normaliseMapped } from './normalise.js';
export { readPlain } from './plain.js';
export { type FileDocument, type FileOptions, readDocument } from './read.js';
export { plainTitle, type Rendered, type RenderedLine, renderText, sourceRange } from './render.js';
export { extensions, type FileFormat, fileFormats } from './sniff.js';
export { type UnreadableCode, UnreadableError, unreadable } from './unreadable.js';
