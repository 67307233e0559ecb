import type { Ranges } from './gate';
import { type Reach, reachOf } from './reach';

/** What lies in both of two lists of ranges; undefined stands for everywhere. */
export const common = (one: Ranges | undefined, other: Ranges | undefined): Ranges | undefined => {
  if (one === undefined || other === undefined) return one ?? other;
  const both: number[] = [];
  for (let i = 0, k = 0; i < one.length && k < other.length;) {
    const from = Math.max(one[i] ?? 0, other[k] ?? 0);
    const [end, otherEnd] = [one[i + 1] ?? 0, other[k + 1] ?? 0];
    if (from <= Math.min(end, otherEnd)) both.push(from, Math.min(end, otherEnd));
    if (end <= otherEnd) i += 2;
    else k += 2;
  }
  return both;
};

/** Pieces cut between the halves of a character must not pass for characters, so that Unicode patterns see more of them. */
const SURROGATES = 2;
const EVERYWHERE: Ranges = [0, Infinity];

/** A pattern that is searched for only where a match can begin. */
export class WindowedPattern {
  readonly reach: Reach;
  /** A copy of its own: a search keeps its place in the pattern. */
  private readonly pattern: RegExp;

  constructor(pattern: RegExp) {
    this.pattern = new RegExp(pattern.source, pattern.global ? pattern.flags : `${pattern.flags}g`);
    const { behind, ahead } = reachOf(pattern);
    this.reach = pattern.unicode ? { behind: behind + SURROGATES, ahead: ahead + SURROGATES } : { behind, ahead };
  }

  /**
   * Gives `see` every match that begins in one of the ranges, with the offset of the text it was found in, until `see` says
   * true. The same as a search of the whole text finds if none of its matches begins elsewhere.
   */
  search(text: string, begins: Ranges | undefined, see: (hit: RegExpExecArray, offset: number) => boolean): void {
    const { behind, ahead } = this.reach;
    const { pattern } = this;
    const ranges = begins ?? EVERYWHERE;
    let done = 0;
    for (let i = 0; i < ranges.length; i += 2) {
      const from = Math.max(done, ranges[i] ?? 0);
      const to = ranges[i + 1] ?? 0;
      if (from > to || from > text.length) continue;
      // A piece holds all that a match can look at which begins in the range: it ends for none of them before the text does.
      const offset = Math.max(0, from - behind);
      const piece = text.slice(offset, to + ahead);
      pattern.lastIndex = from - offset;
      for (let hit = pattern.exec(piece); hit !== null && offset + hit.index <= to; hit = pattern.exec(piece)) {
        if (hit[0] === '') pattern.lastIndex++;
        done = offset + pattern.lastIndex;
        if (see(hit, offset)) return;
      }
    }
  }
}
