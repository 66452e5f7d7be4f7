import {
  type Document,
  type FileDocument,
  type FileFormat,
  readDocument,
  UnreadableError,
} from '../documents/index.js';
import { Admission } from './admission/admission.js';
import { invalidField, ServiceError } from './errors.js';
import type { DocumentInput } from './schemas/summaries.js';
import { documentHash, toDocument } from './summarise.js';

/** A document as a route hands it on: named by its hash, parsed only when the model wants it. */
export interface Source {
  hash: string;
  /** Length of its text, markup included, for an estimate of its tokens. */
  characters: number;
  /** @throws ServiceError 422 when it cannot be read, 429 when too many documents wait for a parser. */
  read(signal: AbortSignal): Document | Promise<Document>;
}

export interface Upload {
  bytes: Buffer;
  name: string | undefined;
  mediaType: string | undefined;
  title: string | undefined;
  format: FileFormat | undefined;
}

/** Files parsed at once; each takes a process with up to a gigabyte. */
const PARSED_AT_ONCE = 2;
/** Bytes of files that may wait for that. */
const WAITING_BYTES = 64 * 1024 * 1024;

/** Reads what clients send. Formats that need a parser wait for it in a queue with a bound of its own. */
export class Reader {
  readonly #parsing = new Admission({
    queueTokens: WAITING_BYTES,
    places: () => PARSED_AT_ONCE,
  });

  /** A text names itself: an answer in the cache, or a full queue, costs no parsing. */
  text(input: DocumentInput): Source {
    const read =
      input.format === 'html'
        ? (signal: AbortSignal) => this.#page(input, signal)
        : () => toDocument(input);
    return { hash: documentHash(input), characters: input.text.length, read };
  }

  /** @throws ServiceError 413, 415 or 422 saying what is wrong with the file; 429 as above. */
  async file(upload: Upload, signal: AbortSignal): Promise<Source> {
    return this.#parse(upload, signal).catch((error) => {
      throw refusal(error, 'file');
    });
  }

  /** What the file says. @throws ServiceError as `file`. */
  async document(upload: Upload, signal: AbortSignal): Promise<FileDocument> {
    return this.#read(upload, signal).catch((error) => {
      throw refusal(error, 'file');
    });
  }

  async #page({ text, title }: DocumentInput, signal: AbortSignal): Promise<Document> {
    const upload = { bytes: Buffer.from(text), name: undefined, mediaType: undefined };
    try {
      return await this.#read({ ...upload, title, format: 'html' }, signal);
    } catch (error) {
      // A page without text is a document with nothing to say.
      const code = error instanceof UnreadableError ? error.code : undefined;
      if (code !== 'no_text' && code !== 'empty_file') throw refusal(error, 'document.text');
      return { source: '', blocks: [] };
    }
  }

  #read({ bytes, ...options }: Upload, signal: AbortSignal): Promise<FileDocument> {
    const limits = { bytes: bytes.length };
    return this.#parsing.run(bytes.length, signal, () =>
      readDocument(bytes, { ...options, limits }),
    );
  }

  async #parse(upload: Upload, signal: AbortSignal): Promise<Source> {
    const { format, encoding, truncated, ...document } = await this.#read(upload, signal);
    const { source, title } = document;
    const hash = documentHash({ text: source, title, format });
    return { hash, characters: source.length, read: () => document };
  }
}

/** What is wrong with a file, in the API's terms; other errors as they are. */
function refusal(error: unknown, field: string): unknown {
  if (!(error instanceof UnreadableError)) return error;
  if (error.code === 'unsupported_type') {
    return new ServiceError(415, 'unsupported_media_type', `${field}: ${error.message}.`);
  }
  return invalidField(field, 'a document that can be read', error.message);
}
