import type { Paint } from '../../cli/colour.js';
import { printable } from '../../cli/printable.js';
import type { Story } from './story.js';

const SEVERITY = { document: 'drops the document', summary: 'drops the pair', style: 'loose' };

/** A story for people to read. */
export function tell(story: Story, paint: Paint): string {
  const { id, group, file, source, title, missing } = story;
  const lines = [
    paint.bold(printable(title || id)),
    paint.dim(printable(`${id} · ${group}/${file}${source ? ` · ${source}` : ''}`)),
  ];
  const section = (name: string, body: string[]) =>
    lines.push('', paint.bold(name), ...body.map((line) => `  ${printable(line)}`));
  if (missing) section('Not told', [missing]);
  if (story.characters > 0) {
    const more = story.characters > story.opening.length ? ' …' : '';
    const opening = story.opening.replaceAll('\n', ' ');
    section(`Document (${story.characters} characters)`, [`${opening}${more}`]);
  }
  if (story.summary !== null) section('Summary, as it came', [story.summary.trim()]);
  if (story.rewrites.length > 0) {
    section(
      'Rewrites',
      story.rewrites.map(({ name, after }) => `${name} → ${after}`),
    );
  }
  if (story.shape) {
    const { words, coverage, density, novelty } = story.shape;
    const shares = `coverage ${coverage}, density ${density}, novelty ${novelty}`;
    section('Shape', [`${words} words, ${shares}`]);
  }
  if (story.filters.length > 0) lines.push('', paint.bold('Filters'), ...filterLines(story, paint));
  if (story.score) {
    const { value, why } = story.score;
    const signed = why.map(({ name, weight }) => `${name} ${weight > 0 ? '+' : ''}${weight}`);
    section(`Score ${value.toFixed(2)}`, [signed.join(', ')]);
  }
  section(
    'Where it ended',
    story.endings.map(({ tier, facts }) => {
      const told = Object.entries(facts).map(([key, value]) => `${key}: ${plain(value)}`);
      return [`${tier}.jsonl.zst`, ...told].join(' · ');
    }),
  );
  return `${lines.join('\n')}\n`;
}

function filterLines({ filters, verdict }: Story, paint: Paint): string[] {
  const width = Math.max(...filters.map(({ reason }) => reason.length));
  return filters.map(({ reason, severity, evidence }) => {
    const name = reason.padEnd(width);
    if (evidence === null) return `  ${paint.green('passes')} ${name}`;
    const counts = reason === verdict ? paint.bold(' ← this one counts') : '';
    const why = printable(`${SEVERITY[severity]}: ${evidence}`);
    return `  ${paint.red('drops ')} ${name}  ${why}${counts}`;
  });
}

const plain = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
