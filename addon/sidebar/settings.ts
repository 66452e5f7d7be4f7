import type { Problem, SettingsRequest, Status } from '../contract.js';
import { actions, button, element, paragraph, title } from './element.js';
import { problemWords } from './words.js';

export interface SettingsDeeds {
  save(request: SettingsRequest): void;
  /** Null where there is nothing to go back to. */
  back: (() => void) | null;
}

/** Form for the address and the key. The stored key never comes back to the page. */
export function settings(
  { address, hasKey }: Pick<Status, 'address' | 'hasKey'>,
  { save, back }: SettingsDeeds,
  problem?: Problem,
): Node[] {
  const where = element('input', {
    id: 'address',
    type: 'url',
    required: true,
    value: address ?? '',
    placeholder: 'https://precis.example.org',
    autocomplete: 'off',
  });
  const key = element('input', { id: 'key', type: 'password', autocomplete: 'off' });
  if (hasKey) key.placeholder = 'unchanged';
  const form = element(
    'form',
    {},
    element('label', { htmlFor: 'address' }, 'Address of your Precis service'),
    where,
    element('label', { htmlFor: 'key' }, hasKey ? 'New key' : 'Key, if it asks for one'),
    key,
    actions(
      element('button', { type: 'submit', className: 'main' }, 'Save and test'),
      back ? button('Back', back) : null,
    ),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    save({ address: where.value, key: hasKey && key.value === '' ? null : key.value });
  };
  const words = problem && problemWords(problem);
  const notice =
    words && element('div', { className: 'notice' }, title(words.title), paragraph(words.text));
  const about =
    'The text of the document is sent to this address when you ask for a summary, and nowhere else. Only you see these settings.';
  return [notice ?? title('Where is your service?'), form, paragraph(about, 'soft')];
}
