/** A file spoilt in one of the ways files are spoilt. The same seed gives the same file. */
export function mutate(bytes: Uint8Array, others: readonly Uint8Array[], seed: number): Buffer {
  const random = generator(seed);
  const file = Buffer.from(bytes);
  const at = () => Math.floor(random() * file.length);
  switch (Math.floor(random() * 7)) {
    case 0:
      return file.subarray(0, at());
    case 1:
      for (let n = 1 + Math.floor(random() * 20); n > 0; n--) flip(file, at(), random);
      return file;
    case 2:
      return file.fill(random() < 0.5 ? 0 : 255, at(), at());
    case 3: {
      const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
      return Buffer.concat([file.subarray(0, from), file.subarray(to)]);
    }
    case 4: {
      const part = file.subarray(at(), at());
      return Buffer.concat([file, ...Array<Buffer>(1 + Math.floor(random() * 20)).fill(part)]);
    }
    case 5: {
      const other = Buffer.from(others[Math.floor(random() * others.length)] as Uint8Array);
      return Buffer.concat([file.subarray(0, at()), other.subarray(at() % other.length)]);
    }
    default: {
      // A number inside the file becomes huge: lengths, offsets, counts.
      const place = Math.min(at(), file.length - 5);
      if (place >= 0) file.writeUInt32LE(0xffffffff - Math.floor(random() * 3), place);
      return file;
    }
  }
}

function flip(file: Buffer, at: number, random: () => number): void {
  if (file.length > 0) file[at] = (file[at] as number) ^ (1 << Math.floor(random() * 8));
}

/** Mulberry32, a small seeded generator. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
