import { createInterface, emitKeypressEvents } from 'node:readline';

interface Key {
  name?: string;
  ctrl?: boolean;
}

/** Single keys from the terminal, and lines where a text is edited. */
export class Keys {
  private readonly waiting: ((key: string) => void)[] = [];
  private readonly typed: string[] = [];

  constructor(private readonly input: NodeJS.ReadStream) {
    emitKeypressEvents(input);
    this.listen();
  }

  /** A letter, `return`, `left`, `right`, or `q` for Ctrl-C and the end of the input. */
  next(): Promise<string> {
    const key = this.typed.shift();
    if (key !== undefined) return Promise.resolve(key);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** Lets a text be changed in place; undefined when it is given up. */
  async edit(text: string): Promise<string | undefined> {
    this.deafen();
    const line = createInterface({ input: this.input, output: process.stdout, terminal: true });
    const changed = await new Promise<string | undefined>((resolve) => {
      line.question('edit> ', resolve);
      line.once('SIGINT', () => resolve(undefined));
      line.write(text);
    });
    line.close();
    this.listen();
    return changed?.trim() || undefined;
  }

  close(): void {
    this.deafen();
    this.input.pause();
  }

  private listen(): void {
    this.input.setRawMode?.(true);
    this.input.resume();
    this.input.on('keypress', this.heard).once('end', this.ended);
  }

  private deafen(): void {
    this.input.off('keypress', this.heard).off('end', this.ended);
    this.input.setRawMode?.(false);
  }

  private readonly ended = () => this.give('q');

  private readonly heard = (character: string | undefined, key: Key) => {
    if (key.ctrl && (key.name === 'c' || key.name === 'd')) this.give('q');
    else if (key.name && key.name.length > 1) this.give(key.name);
    else if (character) this.give(character);
  };

  private give(key: string): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting(key);
    else this.typed.push(key);
  }
}
