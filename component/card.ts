import { html, nothing, type TemplateResult } from 'lit';
import type { Assistant } from './assistant.js';
import { confidenceWords } from './confidence.js';
import { closeIcon } from './icons.js';
import type { Source } from './suggester.js';
import { actionWords, reasonWords, troubleWords } from './words.js';

/** What the card's controls do. */
export interface CardActions {
  accept(): void;
  edit(): void;
  save(text: string): void;
  cancel(): void;
  dismiss(): void;
  again(): void;
  check(): void;
  close(): void;
  reveal(source: Source): void;
  key(key: string): void;
}

/** The card in each state of the assistant. */
export function card(assistant: Assistant, editing: boolean, actions: CardActions) {
  const { title, content } = contentOf(assistant, editing, actions);
  return html`<header>
      <h2 id="title">${title}</h2>
      <button class="close" aria-label="Close" @click=${actions.close}>${closeIcon}</button>
    </header>
    ${content}`;
}

interface Content {
  title: string;
  content: TemplateResult;
}

function contentOf(assistant: Assistant, editing: boolean, actions: CardActions): Content {
  const { phase, answer, trouble } = assistant;
  if (trouble && phase === 'trouble') return troubled(assistant, actions);
  if (editing) return editor(assistant, actions);
  switch (phase) {
    case 'available':
      return suggested(assistant, actions);
    case 'resolved':
      return decided(assistant, actions);
    case 'withheld':
      return {
        title: 'No suggestion',
        content: html`<p id="text">${answer ? reasonWords(answer.summary) : ''}</p>
          <div class="actions"><button @click=${actions.check}>Check again</button></div>`,
      };
    case 'thinking':
      return { title: 'One moment', content: html`<p id="text">The document is being read.</p>` };
    default:
      return {
        title: 'No suggestion yet',
        content: html`<p id="text">
          Once there is enough text, a summary is suggested here when the model is sure of one.
        </p>`,
      };
  }
}

function suggested({ suggestion, stale }: Assistant, actions: CardActions): Content {
  const { text = '', confidence = 0, sources = [] } = suggestion ?? {};
  const label = (at: number) => `Show passage ${at + 1} in the document`;
  const content = html`<p id="text" class="text">${text}</p>
    <p class="quiet">${confidenceWords(confidence)}</p>
    ${
      sources.length > 0
        ? html`<p class="quiet" id="from">Written from</p>
          <ul class="passages" aria-labelledby="from">
            ${sources.map(
              (source, at) => html`<li>
                <button title=${label(at)} @click=${() => actions.reveal(source)}>
                  ${source.text.replace(/\s+/g, ' ')}
                </button>
              </li>`,
            )}
          </ul>`
        : nothing
    }
    ${stale ? html`<p class="quiet">The document has changed since.</p>` : nothing}
    <div class="actions">
      <button class="primary" @click=${actions.accept}>Accept</button>
      <button @click=${actions.edit}>Edit</button>
      <button class="plain" @click=${actions.dismiss}>Dismiss</button>
      ${
        stale
          ? html`<button class="plain" @click=${actions.check}>Check for a new summary</button>`
          : nothing
      }
    </div>`;
  return { title: 'Suggested summary', content };
}

function editor({ suggestion }: Assistant, actions: CardActions): Content {
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    actions.save(String(new FormData(event.target as HTMLFormElement).get('text')));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    (event.target as HTMLTextAreaElement).form?.requestSubmit();
  };
  const content = html`<form @submit=${onSubmit}>
    <textarea
      name="text"
      aria-labelledby="title"
      maxlength="2000"
      required
      .value=${suggestion?.text ?? ''}
      @keydown=${onKey}
    ></textarea>
    <div class="actions">
      <button class="primary" type="submit">Use this summary</button>
      <button type="button" @click=${actions.cancel}>Cancel</button>
    </div>
  </form>`;
  return { title: 'Edit the summary', content };
}

function decided({ answer, suggestion }: Assistant, actions: CardActions): Content {
  const { action } = answer ?? {};
  const content = html`<p id="text" class="text">${suggestion?.text}</p>
    <p class="quiet">${action ? actionWords(action) : ''}</p>
    <div class="actions">
      ${
        action === 'dismissed'
          ? html`<button @click=${actions.again}>Bring it back</button>`
          : nothing
      }
      <button @click=${actions.check}>Check for a new summary</button>
    </div>`;
  return { title: 'Summary', content };
}

function troubled({ trouble }: Assistant, actions: CardActions): Content {
  if (!trouble) throw new Error('no trouble');
  const { title, text } = troubleWords(trouble);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    const key = String(new FormData(event.target as HTMLFormElement).get('key')).trim();
    if (key) actions.key(key);
  };
  const content =
    trouble.trouble === 'key'
      ? html`<p id="text">${text}</p>
        <form @submit=${onSubmit}>
          <input name="key" aria-label="API key" autocomplete="off" spellcheck="false" required />
          <div class="actions"><button class="primary" type="submit">Use this key</button></div>
        </form>`
      : html`<p id="text">${text}</p>
        <div class="actions"><button @click=${actions.check}>Try now</button></div>`;
  return { title, content };
}
