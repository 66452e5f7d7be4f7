/** A line of a byte stream: its number from 1, and its bytes, or null when there were too many. */
export interface Line {
  number: number;
  bytes: Buffer | null;
}

/** Splits bytes at newlines, holding no more than `limit` bytes of a line; blank lines are left out. */
export async function* lines(
  chunks: AsyncIterable<Buffer>,
  limit = 16 * 1024 * 1024,
): AsyncGenerator<Line> {
  let number = 0;
  let held: Buffer[] = [];
  let size = 0;
  const take = (): Line => {
    const bytes = size > limit ? null : Buffer.concat(held);
    held = [];
    size = 0;
    return { number: ++number, bytes };
  };
  const hold = (part: Buffer) => {
    size += part.length;
    if (size <= limit) held.push(part);
    else held = [];
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      hold(chunk.subarray(from, at));
      from = at + 1;
      const line = take();
      if (!isBlank(line)) yield line;
    }
    hold(chunk.subarray(from));
  }
  const last = take();
  if (!isBlank(last)) yield last;
}

function isBlank({ bytes }: Line): boolean {
  return bytes?.every((byte) => byte === 32 || byte === 9 || byte === 13) ?? false;
}
