import { micromark } from 'micromark';
import { frontmatter, frontmatterHtml } from 'micromark-extension-frontmatter';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';

/** Markdown with its formatting; HTML within it stays text. */
export function markdownToElement(
  text: string,
  name: string,
): { title: string; element: HTMLElement } {
  const html = micromark(text.replace(/^\ufeff/, ''), {
    extensions: [frontmatter(['yaml', 'toml']), gfmTable()],
    htmlExtensions: [frontmatterHtml(['yaml', 'toml']), gfmTableHtml()],
  });
  // An inert document: nothing in it loads or runs.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const front = /^(?:---|\+\+\+)\n[\s\S]*?^title\s*[:=]\s*(['"]?)(.+)\1\s*$/m.exec(
    text.slice(0, 5000),
  )?.[2];
  const heading = body.querySelector('h1');
  const title = front ?? heading?.textContent ?? name;
  if (heading && heading.textContent === title) heading.remove();
  const head = document.createElement('h1');
  head.dataset.title = '';
  head.textContent = title;
  body.prepend(head);
  return { title, element: body };
}
