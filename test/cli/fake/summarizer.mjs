/** Writes the first sentence. `WAIT 30` in a document makes it take that long, `BREAK` makes it fail. */
export class Summarizer {
  static async load(_path, { workers = 1 } = {}) {
    return Object.assign(new Summarizer(), { workers });
  }

  async suggest({ title, blocks }, { type, length, minConfidence = 0.5 }) {
    const text = blocks.map((block) => block.text).join(' ');
    const wait = /WAIT (\d+)/.exec(text)?.[1];
    if (wait) await new Promise((resolve) => setTimeout(resolve, Number(wait)));
    if (text.includes('BREAK')) throw new Error('the worker broke');
    const first = /[^.]+\./.exec(text)?.[0];
    const reason = !text
      ? 'empty'
      : !first
        ? 'too_short'
        : minConfidence > 0.8
          ? 'low_confidence'
          : null;
    return {
      suggestion: reason ? null : { text: first.trim(), type, confidence: 0.8, sources: [] },
      reason,
      documentType: null,
      input: { tokens: text.length, limit: 512, truncated: false },
      model: { name: 'fake', version: '1.0.0' },
      diagnostics: { title, length },
    };
  }

  info() {
    const limits = { sourceTokens: 512 };
    return {
      model: {
        name: 'fake',
        version: '1.0.0',
        created: '2026-01-01',
        licence: 'MIT',
        languages: ['en'],
        limits,
      },
      types: { tldr: ['short', 'medium'] },
      runtime: { workers: this.workers },
    };
  }

  async close() {}
}
