import type { Answer } from './assistant.js';
import type { Summary, Unavailable } from './suggester.js';

type Reason = NonNullable<Summary['reason']>;

const reasons: Record<Reason, string> = {
  empty: 'There is no text to summarize yet.',
  too_short: 'The document is too short. A suggestion comes once there is more to sum up.',
  unsupported_language: 'The model has not learnt the language of this document.',
  unsuitable_document: 'Documents of this kind are not summarized.',
  low_confidence: 'The model wrote a draft, but was not sure enough of it to show it.',
  not_grounded: 'The draft had a name or a number that is not in the document, so it is not shown.',
  unfinished: 'The draft did not end in a complete sentence, so it is not shown.',
};

/** Why nothing is suggested. */
export function reasonWords({ reason, documentType }: Summary): string {
  if (documentType) {
    const kind = documentType.replaceAll('_', ' ');
    return `This looks like a ${kind}, and documents of that kind are not summarized.`;
  }
  return reason ? reasons[reason] : '';
}

/** What is wrong, and what happens next. */
export function troubleWords({ trouble, message }: Unavailable): { title: string; text: string } {
  switch (trouble) {
    case 'offline':
      return {
        title: 'Offline',
        text: 'The service can’t be reached. Your text is safe here; suggestions return with the connection.',
      };
    case 'busy':
      return {
        title: 'The service is busy',
        text: 'Many documents are waiting. It is asked again in a moment; there is nothing to do.',
      };
    case 'starting':
      return {
        title: 'The service is starting',
        text: 'Suggestions begin as soon as its model is loaded; there is nothing to do.',
      };
    case 'key':
      return {
        title: 'A key is needed',
        text: 'This service asks for an API key. Its operator can give you one.',
      };
    case 'device':
      return { title: 'Not on this device', text: message };
    case 'refused':
      return { title: 'This document was not taken', text: message };
    default:
      return {
        title: 'The service failed',
        text: 'Something went wrong on its side. It is asked again in a moment.',
      };
  }
}

export function actionWords(action: NonNullable<Answer['action']>): string {
  return {
    accepted: 'You accepted this suggestion.',
    edited: 'You edited and accepted this suggestion.',
    dismissed: 'You dismissed this suggestion.',
  }[action];
}
