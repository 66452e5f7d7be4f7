/** Whether a stream shows colours: a terminal does, unless asked not to (no-color.org). */
export function colours(stream: NodeJS.WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return stream.isTTY === true && TERM !== 'dumb';
}

const codes = { bold: [1, 22], dim: [2, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] };

export type Paint = Record<keyof typeof codes, (text: string) => string>;

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const on = colours(stream);
  const entries = Object.entries(codes).map(([name, [start, end]]) => [
    name,
    (text: string) => (on ? `\x1b[${start}m${text}\x1b[${end}m` : text),
  ]);
  return Object.fromEntries(entries) as Paint;
}
