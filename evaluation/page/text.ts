import type { Estimate } from '../statistics/bootstrap.js';

export const html = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

export const percent = (value: number | undefined | null, digits = 0) =>
  value === undefined || value === null || !Number.isFinite(value)
    ? '–'
    : `${(100 * value).toFixed(digits)} %`;

/** "43.5" with its interval in small print. */
export function range(estimate: Estimate | null, write: (value: number) => string): string {
  if (!estimate) return '<span class="none">–</span>';
  const { value, low, high } = estimate;
  return `${write(value)}<small>${write(low)} – ${write(high)}</small>`;
}

export const fixed = (digits: number) => (value: number) => value.toFixed(digits);
export const percents = (value: number) => `${(100 * value).toFixed(0)} %`;
