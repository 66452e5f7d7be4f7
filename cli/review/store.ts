import { readConfig } from '../../server/config/index.js';
import { migrate } from '../../server/feedback/migrations.js';
import { claim, openDatabase } from '../../server/feedback/open.js';
import { insertFeedback, insertSuggestions, toRecord } from '../../server/feedback/records.js';
import type { Decisions } from './decisions.js';
import type { Proposal } from './results.js';

/** Stores decisions where the service stores feedback; what is there already stays as it is. */
export async function store(list: Proposal[], decisions: Decisions): Promise<number> {
  const config = readConfig({});
  const release = await claim(config);
  try {
    const database = await openDatabase(config);
    try {
      await migrate(database);
      let stored = 0;
      for (const { summary, diagnostics } of list) {
        const decision = decisions.get(summary.suggestion.id);
        if (!decision) continue;
        const options = { type: summary.suggestion.type, length: 'short' as const };
        const record = toRecord({ summary, diagnostics, options, key: null }, config.storeTexts);
        if (record) await insertSuggestions(database, [record]);
        const { suggestionId, action, text } = decision;
        const given = {
          suggestionId,
          action,
          ...(text === undefined ? {} : { text }),
          owner: '',
          idempotencyKey: `review:${suggestionId}:${action}:${text ?? ''}`.slice(0, 200),
        };
        if (await insertFeedback(database, given, config.storeTexts)) stored++;
      }
      return stored;
    } finally {
      await database.close();
    }
  } finally {
    release();
  }
}
