import { PrecisClient, PrecisError } from '../../client/index.js';
import { blocksToElement } from './blocks.js';

export interface Imported {
  title: string;
  /** `h1[data-title]` and the body. */
  element: HTMLElement;
  /** Only a first part was read. */
  truncated: boolean;
}

export const accepted = '.docx,.md,.markdown,.html,.htm,.pdf,.odt,.txt,.pptx,.eml';

const MARKDOWN = /\.(md|markdown|txt|text)$/i;

export interface ImportOptions {
  key: string | undefined;
  /** The file is not to leave this device. */
  stay: boolean;
}

/**
 * Reads a file. Markdown and text are read here, with their formatting; the service reads the rest.
 *
 * @throws Error with a sentence for the writer.
 */
export async function importFile(file: File, { key, stay }: ImportOptions): Promise<Imported> {
  const name = file.name.replace(/\.[^.]+$/, '');
  if (MARKDOWN.test(file.name)) {
    const { markdownToElement } = await import('./markdown.js');
    return { ...markdownToElement(await file.text(), name), truncated: false };
  }
  if (stay) {
    throw new Error(
      `${file.name} was not imported: the service reads files of this kind, and your text is to stay on this device. Markdown and text files are read here.`,
    );
  }
  const client = new PrecisClient({ url: new URL('.', document.baseURI).href, key });
  const read = await client.read(file, { name: file.name }).catch((error) => {
    throw new Error(problemOf(error, file.name));
  });
  const title = read.title ?? name;
  return { title, element: blocksToElement(title, read.blocks), truncated: read.truncated };
}

function problemOf(error: unknown, name: string): string {
  if (!(error instanceof PrecisError)) {
    return `${name} was not imported: the service that reads it can’t be reached. Try again when it is back.`;
  }
  if (error.status === 401 || error.status === 403) {
    return `${name} was not imported: this service asks for an API key.`;
  }
  if (error.status === 429 || error.status === 503) {
    return `${name} was not imported: the service is busy. Try again in a moment.`;
  }
  return `${name} was not imported. ${error.message}`;
}
