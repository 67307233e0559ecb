/** More than people nest, and far from the end of the stack. */
const MOST_NESTED = 60;

/** What is read is nested too deeply to be followed. */
export class NestingError extends Error {}

/** A place in a text. */
export class Reader {
  at = 0;

  constructor(
    readonly text: string,
    private depth = 0,
  ) {}

  /** Reads something that may hold more of its kind. Errors: `NestingError`. */
  nest<T>(read: (depth: number) => T): T {
    if (this.depth >= MOST_NESTED) throw new NestingError();
    this.depth += 1;
    try {
      return read(this.depth);
    } finally {
      this.depth -= 1;
    }
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  get next(): string {
    return this.text.charAt(this.at);
  }

  peek(length: number): string {
    return this.text.slice(this.at, this.at + length);
  }

  looksAt(start: string): boolean {
    return this.text.startsWith(start, this.at);
  }

  /** Steps over it if it stands here. */
  skip(start: string): boolean {
    if (!this.looksAt(start)) return false;
    this.at += start.length;
    return true;
  }

  /** Steps over what a sticky pattern finds here. */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match !== null) this.at = pattern.lastIndex;
    return match;
  }

  /** The text up to, and without, the next `end`, which is stepped over; the rest when there is none. */
  until(end: string): string {
    const stop = this.text.indexOf(end, this.at);
    const text = this.text.slice(this.at, stop < 0 ? undefined : stop);
    this.at = stop < 0 ? this.text.length : stop + end.length;
    return text;
  }
}
