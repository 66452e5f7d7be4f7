import type { z } from 'zod';
import type { Problem } from './schemas/error.js';

type Issue = z.core.$ZodIssue;

/** zod's issues as the API reports them: the field and what was expected, never the value. */
export function problemsOf(issues: readonly Issue[], prefix: PropertyKey[] = []): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code !== 'unrecognized_keys') {
      return [{ field: path.join('.'), expected: expected(issue), message: message(issue) }];
    }
    return issue.keys.map((key) => ({
      field: [...path, key].join('.'),
      expected: 'no such field',
      message: 'there is no such field',
    }));
  });
}

function expected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'too_big':
      return `at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'too_small':
      return `at least ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}`;
    default:
      return issue.message;
  }
}

function message(issue: Issue): string {
  const given = issue.code === 'invalid_type' ? issue.message.split('received ')[1] : undefined;
  return `expected ${expected(issue)}${given === 'undefined' ? ', but it is missing' : given ? `, got ${given}` : ''}`;
}
