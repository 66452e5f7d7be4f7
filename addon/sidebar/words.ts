import type { Conflict, Problem, Reason } from '../contract.js';

export function reasonWords(reason: Reason, documentType: string | null): string {
  switch (reason) {
    case 'empty':
      return 'There is no text in this tab yet.';
    case 'too_short':
      return 'The document is too short to need a summary.';
    case 'unsupported_language':
      return 'Precis has not learnt the language of this document.';
    case 'unsuitable_document': {
      const kind = documentType?.replace(/_/g, ' ') ?? 'document of this kind';
      return `This looks like a ${kind}, which has no summary of one or two sentences.`;
    }
    case 'not_grounded':
      return 'The draft had a name or number that is not in the document, so it is not shown.';
    case 'unfinished':
      return 'The draft did not end in a complete sentence, so it is not shown.';
    default:
      return 'Precis was not sure enough of what it wrote. A wrong summary costs more than none.';
  }
}

export interface Words {
  title: string;
  text: string;
}

export const conflictWords: { [K in Conflict]: Words & { go: string } } = {
  document_changed: {
    title: 'The document has changed',
    text: 'Somebody edited it after this summary was written. It may still fit.',
    go: 'Insert anyway',
  },
  summary_edited: {
    title: 'The summary was edited by hand',
    text: 'The one in the document is not the one that Precis inserted. Replacing it loses those edits.',
    go: 'Replace it',
  },
  other_summary: {
    title: 'There is a summary already',
    text: 'The document begins with a section called “Summary” that Precis did not write.',
    go: 'Replace its text',
  },
};

export function problemWords({ code, message = '' }: Problem): Words {
  switch (code) {
    case 'wait':
      return { title: 'The service is busy', text: 'It asks you to come back in a moment.' };
    case 'timeout':
      return {
        title: 'That took too long',
        text: 'The service did not answer in time. Try again.',
      };
    case 'offline':
      return {
        title: 'You are offline',
        text: 'Nothing is lost. It goes on by itself when the network is back.',
      };
    case 'unreachable':
      return {
        title: 'The service can’t be reached',
        text: 'Google could not connect to its address. Nothing in your document was changed.',
      };
    case 'google_quota':
      return {
        title: 'Google’s limit is reached',
        text: 'Google allows an account so many requests of add-ons a day. It works again tomorrow.',
      };
    case 'key':
      return {
        title: 'The key is not accepted',
        text: 'Ask the service’s operator for a key, and set it.',
      };
    case 'scope':
      return {
        title: 'The key may not do this',
        text: 'It needs the scopes suggest and feedback.',
      };
    case 'too_large':
      return { title: 'The document is too large', text: message };
    case 'not_precis':
      return {
        title: 'No Precis service answers there',
        text: `Check the address in the settings. ${message}`.trim(),
      };
    case 'read_only':
      return {
        title: 'You can’t edit this document',
        text: 'Ask its owner for the right to edit. The suggestion is still here.',
      };
    case 'busy_document':
      return {
        title: 'Somebody else is inserting a summary',
        text: 'Try again when they are done.',
      };
    case 'bad_address':
      return { title: 'That address doesn’t work', text: message };
    case 'failed':
      return { title: 'Something went wrong', text: message || 'Try again.' };
  }
}
