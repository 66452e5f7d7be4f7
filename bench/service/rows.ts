import { type Figure, judged } from '../figure.js';

/** One measurement of the service. */
export interface Row {
  name: string;
  value: number;
  /** `≤3`, `≥0.9`. */
  goal: string;
  /** The figures behind it. */
  note: string;
}

/** @param meanwhile what else the machine did meanwhile. */
export function toFigure(row: Row, only: string, meanwhile: string): Figure {
  const figure = judged(row, `npm run bench:service -- --only ${only}`);
  return Object.assign(figure, { note: `${row.note}; ${meanwhile}` });
}
