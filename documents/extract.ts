import type { Block, BlockKind, Document } from './document.js';
import { Piece } from './piece.js';

interface Raw {
  kind: BlockKind;
  text: string;
  level?: number;
}

/** What a parser took out of a file. Its `source` is the extracted text, one blank line between blocks. */
export class Extract {
  title: string | undefined;
  /** Whether something of the file was left out because of a limit. */
  truncated = false;

  private readonly raw: Raw[] = [];
  private size = 0;

  constructor(private readonly characters: number) {}

  get full(): boolean {
    return this.size >= this.characters;
  }

  /** Adds a block unless it holds neither letter nor digit; false once the limit is reached. */
  add(kind: BlockKind, text: string, level?: number): boolean {
    if (this.full) {
      this.truncated = true;
      return false;
    }
    const kept = this.fit(kind === 'code' ? text.trimEnd() : text.trim());
    if (/[\p{L}\p{N}]/u.test(kept)) {
      this.raw.push({ kind, text: kept, ...(level === undefined ? {} : { level }) });
      this.size += kept.length + 2;
    }
    return true;
  }

  private fit(text: string): string {
    const room = this.characters - this.size;
    if (text.length <= room) return text;
    this.truncated = true;
    const space = text.lastIndexOf(' ', room);
    return text.slice(0, space > room / 2 ? space : room);
  }

  document(): Document {
    const source = this.raw.map((block) => block.text).join('\n\n');
    const blocks: Block[] = [];
    let at = 0;
    for (const { kind, text, level } of this.raw) {
      const piece = new Piece();
      piece.copy(text, at);
      const extra = level === undefined ? {} : { level };
      if (kind === 'code') {
        blocks.push({ kind, text, ...extra, start: at, end: at + text.length, spans: [] });
      } else blocks.push({ kind, ...extra, ...piece.finish(source) });
      at += text.length + 2;
    }
    const title = this.title?.trim() || blocks.find((block) => block.kind === 'heading')?.text;
    return { ...(title ? { title: title.slice(0, 1000) } : {}), source, blocks };
  }
}
