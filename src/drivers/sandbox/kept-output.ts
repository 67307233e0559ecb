import type { Readable } from 'node:stream';

/** A program that prints this many times what is kept means no good. */
const FLOOD = 100;

/** Keeps the first bytes of a stream. The rest is read and thrown away, so that the program can go on. */
export class KeptOutput {
  private readonly chunks: Buffer[] = [];
  private seen = 0;

  /** @param flooded called when there is a hundred times as much as is kept */
  constructor(
    stream: Readable,
    private readonly limit: number,
    flooded: () => void,
  ) {
    stream.on('data', (chunk: Buffer) => {
      const room = this.limit - this.seen;
      if (room > 0) this.chunks.push(chunk.subarray(0, room));
      this.seen += chunk.length;
      if (this.seen > this.limit * FLOOD) flooded();
    });
  }

  get truncated(): boolean {
    return this.seen > this.limit;
  }

  text(): string {
    // NUL is text for us but not for every place the text may go to, a JSON column for one.
    return Buffer.concat(this.chunks).toString('utf8').replaceAll('\0', '\uFFFD');
  }
}
