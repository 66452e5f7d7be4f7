/** Field numbers of ONNX's messages (onnx.proto): `ModelProto.graph`, `GraphProto.value_info`. */
const GRAPH = 7;
const VALUE_INFO = 13;

/**
 * An ONNX model without the shapes it declares for values within the graph. They are hints; where one is
 * wrong ONNX Runtime's library infers it anew, and its WebAssembly refuses the whole model.
 */
export function withoutShapes(model: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const field of fields(model)) {
    if (field.number !== GRAPH) {
      parts.push(model.subarray(field.start, field.end));
      continue;
    }
    const graph = model.subarray(field.content, field.end);
    const kept = [...fields(graph)].filter(({ number }) => number !== VALUE_INFO);
    const size = kept.reduce((sum, { start, end }) => sum + end - start, 0);
    parts.push(Uint8Array.from([(GRAPH << 3) | 2, ...varint(size)]));
    for (const { start, end } of kept) parts.push(graph.subarray(start, end));
  }
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

interface Field {
  number: number;
  /** Range of the field with its tag; `content` is where its bytes begin. */
  start: number;
  content: number;
  end: number;
}

/** The fields of a Protocol Buffers message, in order. */
function* fields(bytes: Uint8Array): Generator<Field> {
  for (let at = 0; at < bytes.length; ) {
    const start = at;
    const tag = read(bytes, at);
    at = tag.end;
    const wire = tag.value % 8;
    let content = at;
    if (wire === 0) at = read(bytes, at).end;
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = read(bytes, at);
      content = length.end;
      at = length.end + length.value;
    }
    yield { number: Math.floor(tag.value / 8), start, content, end: at };
  }
}

function read(bytes: Uint8Array, from: number): { value: number; end: number } {
  let value = 0;
  let scale = 1;
  for (let at = from; ; at++) {
    const byte = bytes[at] as number;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, end: at + 1 };
    scale *= 128;
  }
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
}
