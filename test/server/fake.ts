import { type Document, renderText, sourceRange } from '../../documents/index.js';
import type { Outcome, Suggester, SuggestOptions } from '../../server/suggester.js';

export interface Call {
  document: Document;
  options: SuggestOptions | undefined;
}

/** Behaves like the model towards its callers, and writes the document's first line. */
export class FakeSuggester implements Suggester {
  readonly calls: Call[] = [];
  closed = false;
  /** What `suggest` waits for. */
  gate: Promise<void> = Promise.resolve();
  failure: Error | undefined;

  async suggest(document: Document, options?: SuggestOptions): Promise<Outcome> {
    if (this.closed) throw new Error('asked after it was closed');
    this.calls.push({ document, options });
    const aborted = new Promise<never>((_, reject) => {
      options?.signal?.addEventListener('abort', () => reject(options.signal?.reason));
    });
    await Promise.race([this.gate, aborted]);
    if (this.failure) throw this.failure;
    const rendered = renderText(document);
    const { text } = rendered;
    const line = text.split('\n').find((candidate) => /[.!?]$/.test(candidate)) ?? '';
    const words = text.split(/\s+/).filter(Boolean).length;
    const confidence = 0.75;
    const reason =
      words === 0
        ? 'empty'
        : words < 5
          ? 'too_short'
          : confidence < (options?.minConfidence ?? 0.5)
            ? 'low_confidence'
            : null;
    const at = text.indexOf(line);
    const { start, end } = sourceRange(rendered, at, at + line.length) ?? { start: 0, end: 0 };
    const source = { start, end, text: document.source.slice(start, end) };
    return {
      suggestion: reason
        ? null
        : { text: line, type: options?.type ?? 'tldr', confidence, sources: [source] },
      reason,
      documentType: null,
      input: { tokens: words, limit: 512, truncated: words > 512 },
      model: { name: 'fake', version: '1.0.0' },
      diagnostics: { beams: 4 },
      ...(options?.timings
        ? { timings: { tokenise: 0.002, encode: 0.2, decode: 0.3, gate: 0.004 } }
        : {}),
    };
  }

  info() {
    return {
      model: {
        name: 'fake',
        version: '1.0.0',
        created: '2026-01-01',
        licence: 'Apache-2.0',
        languages: ['en'],
        limits: { sourceTokens: 512 },
      },
      types: { tldr: ['short', 'medium'] as const },
      runtime: { workers: 1, restarts: 2 },
    };
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

export const prose =
  '# Tide gauge\n\nThe gauge measures the height of the sea every six minutes. It uses a radar.\n';
