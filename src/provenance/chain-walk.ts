import type { ChainFault } from '../contracts/provenance';
import { type Chain, type Place, type SealedLine, type Sign, lineHash } from './chain';

/** Faults that are described; more are counted. */
const MOST_TOLD = 20;

/** Walks a chain from its start to its end, line by line, and notes whatever does not fit. */
export class ChainWalk {
  rowsChecked = 0;
  faultCount = 0;
  readonly faults: ChainFault[] = [];
  private last: Place;

  /** @param witness the last place that this machine knows to have been part of the chain. */
  constructor(
    private readonly sign: Sign,
    private readonly chain: Chain,
    private readonly witness: Place | undefined,
  ) {
    this.last = chain.start;
    this.testify(chain.start, null);
  }

  /** The next lines, by position. */
  take(lines: SealedLine[]): void {
    for (const line of lines) this.check(line);
  }

  /** There are no more lines. */
  end(): void {
    const { end } = this.chain;
    const { position, hash } = this.last;
    if (position < end.position) {
      const gone = range(position + 1, end.position);
      this.note('truncated_end', position + 1, null, `The end is missing: the chain went on to ${gone}.`);
    } else if (position === end.position && hash !== end.hash && this.faultCount === 0) {
      this.note('forged_head', position, null, 'The last line is not the one that the signed end of the chain names.');
    }
    if (this.witness !== undefined && this.witness.position > end.position) {
      const { position: seen } = this.witness;
      this.note(
        'set_back',
        end.position + 1,
        null,
        `This machine has seen the chain reach position ${seen}; now it ends at ${end.position}. An older state was put back.`,
      );
    }
  }

  note(kind: ChainFault['kind'], position: number | null, id: string | null, message: string): void {
    this.faultCount += 1;
    if (this.faults.length < MOST_TOLD) this.faults.push({ kind, position, id, message });
  }

  private check(line: SealedLine): void {
    const { id, position, hash, previous_hash: previous } = line;
    this.rowsChecked += 1;
    if (position > this.chain.end.position) {
      this.note('forged_row', position, id, 'The line stands after the end of the chain.');
      return;
    }
    const isNext = position === this.last.position + 1;
    if (!isNext) {
      const gone = range(this.last.position + 1, position - 1);
      this.note('missing_row', this.last.position + 1, null, `There is no line at ${gone}.`);
    }
    if (hash === null || previous === null || hash !== lineHash(this.sign, previous, line)) {
      this.note('changed_row', position, id, 'The line is not what it was when it was chained.');
    } else if (isNext && previous !== this.last.hash) {
      this.note('wrong_order', position, id, 'The line is genuine, but the one before it is not the one it followed.');
    }
    this.last = { position, hash: hash ?? '' };
    this.testify(this.last, id);
  }

  private testify({ position, hash }: Place, id: string | null): void {
    if (this.witness?.position !== position || this.witness.hash === hash) return;
    this.note(
      'set_back',
      position,
      id,
      'This machine has seen another line at this position: the chain was exchanged.',
    );
  }
}

const range = (first: number, last: number): string =>
  first === last ? `position ${first}` : `positions ${first} to ${last}`;
