import { Parser } from 'htmlparser2';

/** Names and contents of the `<meta>` elements in an HTML head; Open Graph's count without "og:". */
export function metaFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const parser = new Parser({
    onopentag(element, attributes) {
      if (element === 'body') parser.pause();
      if (element !== 'meta') return;
      const name = (attributes.name ?? attributes.property)?.toLowerCase().replace(/^og:/, '');
      if (name && attributes.content && !(name in fields)) fields[name] = attributes.content;
    },
  });
  parser.write(html);
  parser.end();
  return fields;
}
