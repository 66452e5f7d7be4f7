import mammoth from 'mammoth';
import { Extract } from './extract.js';
import { readFragment } from './html.js';
import type { Limits } from './limits.js';
import { UnreadableError } from './unreadable.js';
import { children, textOf, xml } from './xml.js';
import { Archive } from './zip.js';

/** Word styles that mammoth leaves as paragraphs. */
const STYLES = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];
const DOCUMENT = 'word/document.xml';

export async function readDocx(bytes: Uint8Array, limits: Limits): Promise<Extract> {
  const archive = await Archive.open(bytes, limits, (name) =>
    [DOCUMENT, 'docProps/core.xml'].includes(name),
  );
  if (!archive.names.includes(DOCUMENT)) throw new UnreadableError('damaged', `no ${DOCUMENT}`);
  const extract = new Extract(limits.characters);
  const core = archive.text('docProps/core.xml');
  const title = core && children(xml(core), 'dc:title').map(textOf)[0];
  if (title) extract.title = title;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { value } = await mammoth
    .convertToHtml({ buffer }, {
      styleMap: STYLES,
      includeEmbeddedStyleMap: false,
      convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      externalFileAccess: false,
    } as Parameters<typeof mammoth.convertToHtml>[1])
    .catch((error: Error) => {
      throw new UnreadableError('damaged', error.message.slice(0, 200));
    });
  // Footnotes come as a list behind the text, each mark as a link such as [1].
  readFragment(value.replace(/<sup><a href="#(foot|end)note[^>]*>[^<]*<\/a><\/sup>/g, ''), extract);
  return extract;
}
