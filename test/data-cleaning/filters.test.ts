import { describe, expect, it } from 'vitest';
import { FILTERS } from '../../data-cleaning/filters/index.js';
import { judge, verdicts } from '../../data-cleaning/judge.js';
import { BODY, type Given, given, SUMMARY } from './candidates.js';

const LINKS = Array.from({ length: 40 }, (_, i) => `- [Harbour number ${i}](h${i}.md)`).join('\n');
const GERMAN = `Kleine Häfen veröffentlichen selten eigene Gezeitentafeln, deshalb richten sich die
Mannschaften nach dem nächsten großen Hafen und verbessern die Zeiten von Hand. Die Verbesserung ist
ein fester Abstand in Minuten, der einmal mit einem Pegel über einen Mondmonat gemessen wird, und sie
verschiebt sich, wenn eine Fahrrinne verlandet oder ein neuer Wellenbrecher gebaut wird. Das Hafenamt
hat die gedruckte Verbesserung durch einen Pegel ersetzt, der alle sechs Minuten meldet.`;
const REFERENCE = `# readTide function

The readTide function reads the current height of the water from the gauge at the given harbour and
returns it in metres above chart datum. It waits for the next reading when the last one is older than
six minutes, and fails when the gauge has been silent for an hour. Callers in a loop should cache the
value, because every call opens a new connection to the radio and closes it again afterwards.

## Syntax

\`\`\`c
double readTide(int harbour);
\`\`\`

## Parameters

harbour: the number of the harbour, as listed in the table of the office.

## Return value

The height of the water in metres above chart datum, or a negative number where the gauge is silent.
`;

interface Cases {
  drops: Record<string, Given>;
  keeps: Record<string, Given>;
}

const CASES: Record<string, Cases> = {
  unsuitable_kind: {
    drops: { recipe: { docType: 'recipe' } },
    keeps: { 'no kind given': {}, 'a kind of prose': { docType: 'prose_blog' } },
  },
  stub: {
    drops: {
      'one sentence': { body: '# Tides\n\nThis page has moved.' },
      'code alone': { body: `# Tides\n\n\`\`\`\n${'tide(); '.repeat(200)}\n\`\`\`` },
      'a table alone': {
        body: `| a | b |\n|---|---|\n${'| word word | word word |\n'.repeat(40)}`,
      },
    },
    keeps: { 'a short article': { body: `${'The gauge reports every six minutes. '.repeat(12)}` } },
  },
  not_english: {
    drops: {
      German: { body: GERMAN },
      'German under an English title': { body: `# Tide tables\n\n${GERMAN}` },
      Greek: { body: 'Οι παλίρροιες στα μικρά λιμάνια. '.repeat(30) },
    },
    keeps: {
      'English with foreign names': {
        body: `${BODY}\nÅsgårdstrand, Göteborg, Świnoujście and Nuuk use the same gauge.`,
      },
    },
  },
  api_reference: {
    drops: {
      'sections of a reference page': { body: REFERENCE, title: 'Reading tides' },
      'a function for a title': { title: 'readTide function' },
    },
    keeps: {
      'an article with remarks': { body: `${BODY}\n## Remarks\n\nNone so far.` },
      'a long title that ends like one': {
        title: 'What the readings of small gauges say about the TideNet class',
      },
      'a title with a plain word': { title: 'A new role for the harbour function' },
    },
  },
  index: {
    drops: { 'a list of links': { body: `# Harbours\n\nAll harbours of the coast:\n\n${LINKS}` } },
    keeps: { 'an article with a list': { body: `${BODY}\n- gauge\n- radio\n- solar panel` } },
  },
  changelog: {
    drops: { 'release notes': { title: 'Release notes for gauge 2.1' } },
    keeps: { 'an article about notes': { title: 'Notes from the release party' } },
  },
  no_summary: { drops: { 'none given': { summary: '' } }, keeps: { 'one given': {} } },
  garbled: {
    drops: {
      'a link': {
        summary: 'The gauge reports to https://example.org/tides every six minutes of the day.',
      },
      'a placeholder': { summary: 'TODO write something about the gauge in the harbour.' },
      code: { summary: 'x = {a: 1}; y = [2]; z(3) == 4; 5 + 6 != 7; 8 / 9 * 10;' },
      'a stutter': { summary: 'The gauge gauge gauge reports high water in the harbour of Lumm.' },
    },
    keeps: {
      'bold and code': {
        summary: 'The **gauge** in Lumm runs `readTide` and reports high water 17 minutes earlier.',
      },
      'a name in braces': {
        summary: 'Tide tables are drawn with {ggplot2} from the readings of the gauge in Lumm.',
      },
      'a version and a percentage': {
        summary: 'Release 2.1 of the gauge (beta) cuts its power use by 40% in C++ code.',
      },
    },
  },
  truncated: {
    drops: {
      'an ellipsis': {
        summary: 'Small harbours rarely publish their own tide tables, so crews...',
      },
      'a dangling article': {
        summary: 'Small harbours rarely publish their own tide tables, so crews rely on the',
      },
      'an open bracket': {
        summary: 'Small harbours rarely publish tide tables (and crews rely on the nearest port',
      },
      'an article and a full stop': {
        summary: 'Small harbours rarely publish their own tide tables, so crews rely on the.',
      },
      'a comma': { summary: 'Small harbours rarely publish their own tide tables,' },
    },
    keeps: {
      'no full stop': { summary: 'Small harbours rarely publish their own tide tables' },
      'a preposition and a full stop of its own': {
        summary: 'The gauge is the one instrument that volunteers in Lumm sign up for.',
      },
      'a verb with a particle': {
        summary: 'Volunteers with a key to the gauge can always log in.',
      },
    },
  },
  personal_data: {
    drops: {
      'an address': {
        summary: 'Write to mira.holm@lummharbour.net for readings of the gauge in Lumm.',
      },
      'a phone number': {
        summary: 'The harbour office of Lumm answers at +47 22 85 50 50 on workdays.',
      },
      'a North American number': {
        summary: 'Call (415) 867-5309 for the readings of the gauge in the harbour of Lumm.',
      },
    },
    keeps: {
      'an example address': {
        summary: 'Readings go to mail@example.com until an address of the harbour office is set.',
      },
      'versions and dates': {
        summary: 'Release 2.14.0-1234 of 2024-05-17 reads gauges over 192.168.100.100 by radio.',
      },
      'a package with a scope': {
        summary: 'The package @lumm/gauge reads tides every six minutes.',
      },
    },
  },
  contact_list: {
    drops: {
      'a list of people': {
        body: `${BODY}\n${Array.from({ length: 12 }, (_, i) => `- Crew ${i}, crew${i}@lummharbour.net`).join('\n')}`,
      },
    },
    keeps: {
      'an article with its authors': {
        body: `${BODY}\nWritten by ann@lummharbour.net and bo@lummharbour.net.`,
      },
    },
  },
  include_fragment: {
    drops: { 'a file of an include folder': { path: 'docs/includes/gauge-note.md' } },
    keeps: {
      'an article about includes': { path: 'docs/how-includes-work.md' },
      'an article in a folder of that name': { path: 'docs/devtools/snippets/index.md' },
    },
  },
  unsafe: {
    drops: {
      'a slur in the summary': { summary: 'White power rules the harbour of Lumm and its gauges.' },
      'many words of a kind': {
        body: `${BODY}\n${'Free porn and call girls at the quay. '.repeat(4)}`,
      },
    },
    keeps: {
      'a policy that names it once': { body: `${BODY}\nCrews may not watch porn on duty.` },
      'killing a process': {
        summary: 'Kill the process of the gauge when the master stops reading its slave clock.',
      },
    },
  },
  boilerplate: { drops: { 'many titles': { titles: 3 } }, keeps: { 'two titles': { titles: 2 } } },
  extreme_length: {
    drops: {
      'a label': { summary: 'Tide tables' },
      'an abstract': { summary: `${SUMMARY} `.repeat(5) },
    },
    keeps: { 'a long sentence': { summary: `${SUMMARY} ${SUMMARY}` } },
  },
  unsupported: {
    drops: {
      'another subject': {
        summary: 'Electric ferries replace diesel engines on the northern islands from spring.',
      },
      'a number of its own': {
        summary: 'A pressure gauge in the harbour of Lumm showed high water 23 minutes earlier.',
      },
    },
    keeps: {
      'other forms of the words': {
        summary: 'Measuring with a gauge replaced printing corrected tables in Lumm.',
      },
      'a number in a name': {
        summary:
          'The gauge of Lumm, type RX7, showed high water 17 minutes earlier than the table.',
      },
    },
  },
  framing: {
    drops: {
      'this article': {
        summary: 'This article describes how the harbour of Lumm measures high water.',
      },
      learn: { summary: 'Learn how to measure high water with a gauge in small harbours.' },
      'a guide': { summary: 'A step-by-step guide to measuring high water in small harbours.' },
      inside: { summary: 'Tide tables drift, and in this post we look at the gauge of Lumm.' },
      'how to': { summary: 'How to measure high water in small harbours with a pressure gauge.' },
      'a part of the page': { summary: 'The following table lists the harbours of Lumm by depth.' },
      'a place on the page': { summary: 'High water is measured by a gauge as described below.' },
    },
    keeps: {
      'a subject that is a document': {
        summary: 'Printed tide tables of small harbours drift when a channel silts up.',
      },
      'this and a thing': {
        summary: 'This gauge of the harbour office reports high water every six minutes.',
      },
      'following without a part': {
        summary: 'Following a storm, the gauge of Lumm showed the following tide an hour early.',
      },
      'guide as a verb': {
        summary: 'Gauges guide crews into the harbour of Lumm better than printed tables.',
      },
    },
  },
  title_copy: {
    drops: {
      'the title again': { summary: 'Tide tables for small harbours.' },
      'the title and a word': { summary: 'The new tide tables for small harbours and crews.' },
    },
    keeps: {
      'more than the title': {
        summary:
          'Tide tables for small harbours drift when channels silt up or breakwaters are built.',
      },
    },
  },
  teaser: {
    drops: {
      'a question': { summary: 'Why does high water come 17 minutes earlier than the table says?' },
      'a call': { summary: 'High water comes early in Lumm. Read on and join us at the gauge.' },
      'a shout': { summary: 'High water comes 17 minutes early in the harbour of Lumm!' },
    },
    keeps: {
      'a plain sentence': {
        summary: 'Volunteers join the harbour office to clean the gauge twice a year.',
      },
    },
  },
  lead_copy: {
    drops: {
      'the first sentence': {
        summary:
          'Small harbours rarely publish their own tide tables, so crews rely on the nearest large port and correct the times by hand.',
      },
    },
    keeps: {
      'the sentence shortened': {
        summary:
          'Small harbours rarely publish tide tables, so crews correct those of the nearest large port.',
      },
    },
  },
  length: {
    drops: {
      'three sentences': {
        summary:
          'Crews correct times by hand. The offset drifts in time. A gauge in Lumm reports it.',
      },
      'seven words': { summary: 'The gauge of Lumm reports high water.' },
    },
    keeps: {
      'two sentences': {
        summary:
          'Crews correct the times by hand, e.g. in Lumm. The offset drifts when a channel silts up.',
      },
    },
  },
};

describe('filters', () => {
  it('has cases for every one of them', () => {
    expect(Object.keys(CASES).sort()).toEqual(FILTERS.map((filter) => filter.reason).sort());
  });

  it('says of each what it removes, and where every threshold comes from', () => {
    for (const filter of FILTERS) {
      expect(filter.description).toMatch(/^[A-Z].+\.$/);
      for (const { value, source } of Object.values(filter.thresholds)) {
        expect(value).toBeTypeOf('number');
        expect(source).not.toBe('');
      }
    }
  });

  it('has nothing against a good pair', () => {
    expect(verdicts(given({}))).toEqual([]);
  });

  for (const filter of FILTERS) {
    describe(filter.reason, () => {
      const { drops, keeps } = CASES[filter.reason] as Cases;
      it.each(Object.entries(drops))('drops %s', (_name, row) => {
        expect(filter.check(given(row))).toBeTypeOf('string');
      });
      it.each(Object.entries(keeps))('keeps %s', (_name, row) => {
        expect(filter.check(given(row))).toBeUndefined();
      });
    });
  }

  it('names the gravest reason first', () => {
    expect(judge(given({ summary: 'Learn more', body: GERMAN }))?.reason).toBe('not_english');
    expect(judge(given({ summary: 'Learn how to write tables with the' }))?.reason).toBe(
      'truncated',
    );
  });
});
