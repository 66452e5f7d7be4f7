import type { Candidate } from '../../data-cleaning/filter.js';
import { candidate } from '../../data-cleaning/judge.js';

/** A document of our own that no filter minds. */
export const BODY = `# Tide tables for small harbours

Small harbours rarely publish their own tide tables, so crews rely on the nearest large port and
correct the times by hand. The correction is a fixed offset in minutes, measured once with a gauge
over a lunar month, and it drifts when a channel silts up or a new breakwater is built.

The harbour office of Lumm replaced the printed correction by a gauge that reports every six
minutes. Over the first year the gauge showed that high water arrived 17 minutes earlier than the
old table said, because dredging had deepened the eastern channel.

## What it costs

A pressure gauge, a radio and a solar panel cost less than one printed edition of the table.
Volunteers clean the gauge twice a year, and the readings are open for anyone to use.
`;

export const SUMMARY =
  'A pressure gauge in the harbour of Lumm showed high water 17 minutes earlier than the printed tide table, because dredging had deepened a channel.';

export interface Given {
  body?: string;
  title?: string;
  summary?: string;
  docType?: string;
  titles?: number;
  path?: string;
}

export function given({ body, title, summary, docType, titles, path }: Given): Candidate {
  return candidate(
    {
      id: 'a1',
      source: 'lumm/harbour',
      license: 'CC0-1.0',
      title: title ?? 'Tide tables for small harbours',
      summary: summary ?? SUMMARY,
      body: body ?? BODY,
      ...(path ? { path } : {}),
      ...(docType ? { doc_type: docType } : {}),
    },
    titles ?? 1,
  );
}
