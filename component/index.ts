/** `<precis-suggestion>`: importing this module defines the element. */
import { PrecisSuggestion } from './element.js';

export { type Action, type Answer, Assistant, type Phase, SUBSTANTIAL } from './assistant.js';
export { confidenceWords } from './confidence.js';
export { distance } from './distance.js';
export type { SuggestionEvents, TakenDetail } from './events.js';
export { type ServiceOptions, ServiceSuggester } from './service.js';
export {
  type Document,
  type Feedback,
  type Source,
  type Suggester,
  type Suggestion,
  type Summary,
  type Trouble,
  Unavailable,
} from './suggester.js';
export { reasonWords, troubleWords } from './words.js';
export { PrecisSuggestion };

// The module may be there twice: in a bundle and from a script element.
if (!customElements.get('precis-suggestion')) {
  customElements.define('precis-suggestion', PrecisSuggestion);
}
