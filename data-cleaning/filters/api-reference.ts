import type { Candidate, Filter } from '../filter.js';

const SECTIONS =
  /^(parameters?|return values?|returns?|syntax|requirements|remarks|members|methods|properties|fields|arguments|exceptions|inheritance|see also|examples?|property value|applies to|constants?|header|events|declaration|signature|attributes)$/i;

const TITLE =
  /\b(?:function|method|property|structure|enumeration|macro|cmdlet|interface|callback|event|attribute|operator|command|class|object|element|routine|ioctl|oid)s?(?: \([\w.]+\))?$/i;
const IDENTIFIER = /[a-z][A-Z]|_|\w\.\w|\(|\w::\w|^[A-Z][a-z]+-[A-Z]/;

export class ApiReference implements Filter {
  readonly reason = 'api_reference';
  readonly severity = 'summary';
  readonly description =
    'Drops pairs of reference pages (signature, parameters, return values), which say little in prose.';
  readonly thresholds = {
    share: { value: 0.5, source: 'annotated `api_reference` documents against the rest' },
    title: { value: 5, source: 'words; longer titles are sentences' },
    headings: { value: 2, source: 'one heading "Remarks" is found in articles too' },
  };

  check({ blocks, title }: Candidate): string | undefined {
    const named = title.split(/\s+/).length <= this.thresholds.title.value;
    if (named && TITLE.test(title) && IDENTIFIER.test(title)) return `titled "${title}"`;
    const headings = blocks.filter((block) => block.kind === 'heading');
    const sections = headings.filter((block) => SECTIONS.test(block.text.replace(/[:.]$/, '')));
    const body = Math.max(1, headings.filter((block) => (block.level ?? 1) > 1).length);
    if (
      sections.length >= this.thresholds.headings.value &&
      sections.length / body >= this.thresholds.share.value
    ) {
      return `sections ${sections
        .slice(0, 4)
        .map((block) => block.text)
        .join(', ')}`;
    }
    return undefined;
  }
}
