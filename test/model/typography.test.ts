import { describe, expect, it } from 'vitest';
import { readMarkdown, readPlain, renderText } from '../../documents/index.js';
import { inSourceTypography } from '../../model/typography.js';

const restored = (text: string, source: string, markdown = false) => {
  const document = markdown ? readMarkdown(source) : readPlain(source);
  return inSourceTypography(text, renderText(document).lines, source);
};

describe('typography', () => {
  it.each([
    'It’s the relay’s log.',
    'He said “stop” and left.',
    'He said “don’t stop” and left.',
    'It takes 10\u00a0kg of flour.',
    'Use the built\u2011in allocator.',
    'C++ v1.2.3 isn’t node.js, nor the U.S. law.',
    '“It works,” he said.',
    'He said “it works.”',
  ])('%s comes back as its writer has it', (source) => {
    const [line] = renderText(readPlain(source)).lines;
    const plain = line?.block.text as string;
    expect(plain).not.toBe(source);
    expect(restored(plain, source)).toBe(source);
  });

  it('comes back through Markdown', () => {
    const source = 'The **relay’s** logs [aren’t](https://example.com) `kept`.';
    expect(restored("The relay's logs aren't kept.", source, true)).toBe(
      'The relay’s logs aren’t kept.',
    );
  });

  it('leaves alone what the document does not have', () => {
    expect(restored("It isn't here.", 'The relay’s log.')).toBe("It isn't here.");
    expect(restored("It's a relay's log.", 'It is the relay’s log.')).toBe("It's a relay’s log.");
    expect(restored("The relay's log.", "The relay's log.")).toBe("The relay's log.");
  });
});
