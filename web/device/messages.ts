import type { Document, Summary, Trouble } from '../../component/suggester.js';

/** What the page tells the worker. */
export type ToDevice =
  | { kind: 'load'; service: string; key: string }
  | { kind: 'suggest'; id: number; document: Document; length: 'short' | 'medium' }
  | { kind: 'cancel'; id: number };

/** Bytes of the model that are here, of all. */
export interface Progress {
  loaded: number;
  total: number;
}

/** What the worker tells the page. */
export type FromDevice =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'ready' }
  | { kind: 'failed'; trouble: Trouble; message: string }
  | { kind: 'answer'; id: number; summary: Summary }
  | { kind: 'error'; id: number; message: string };
