const percentage = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const number = new Intl.NumberFormat('en');
const decimals = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const count = (value: number) => number.format(value);
export const percent = (value: number | null) => (value === null ? '–' : percentage.format(value));

export function seconds(value: number | null): string {
  if (value === null) return '–';
  return value < 1 ? `${decimals.format(value * 1000)} ms` : `${decimals.format(value)} s`;
}

export const day = (iso: string) =>
  new Date(`${iso}T00:00:00Z`).toLocaleDateString('en', {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  });

export const clock = (iso: string) =>
  new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

export function span(from: string, to: string): string {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} days`;
}

const REASONS: { [reason: string]: string } = {
  empty: 'Nothing to read',
  too_short: 'Too short',
  unsupported_language: 'Language not learnt',
  unsuitable_document: 'Kind without a summary',
  low_confidence: 'Not sure enough',
  not_grounded: 'Name or number not in the document',
  unfinished: 'Unfinished sentence',
};

export const reason = (name: string) => REASONS[name] ?? name;
