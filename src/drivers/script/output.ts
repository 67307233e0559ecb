/** Output beyond its limit this many times over ends the program that writes it. */
const FLOOD = 100;

/** Keeps the first bytes of what a program logs. */
export class Output {
  private readonly lines: string[] = [];
  private room: number;
  private total = 0;

  /** @param limit bytes */
  constructor(private readonly limit: number) {
    this.room = limit;
  }

  get truncated(): boolean {
    return this.total > this.limit;
  }

  get isFlood(): boolean {
    return this.total > this.limit * FLOOD;
  }

  /** All lines that were kept. */
  get text(): string {
    return this.lines.join('');
  }

  write(line: string): void {
    const bytes = Buffer.byteLength(line);
    this.total += bytes;
    if (this.room <= 0) return;
    this.lines.push(
      bytes <= this.room
        ? line
        : Buffer.from(line)
            .toString('utf8', 0, this.room)
            .replace(/\uFFFD$/, ''),
    );
    this.room -= bytes;
  }
}
