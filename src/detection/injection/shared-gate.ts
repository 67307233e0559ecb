import { buildSightings, type Ranges, type Sightings } from '../core/gate';
import { common } from '../core/windows';
import type { Reach } from '../core/reach';

/** Something that can only be in a text when a literal of each list is. An empty list asks for nothing. */
export interface Gated {
  /** Stand in a match, or where its pattern looks from it. */
  hints: readonly string[];
  /** As `hints`; with `isAlsoFar` they may stand anywhere. */
  also?: readonly string[];
  isAlsoFar?: true;
}

/** Whether the thing at an index of its list can be in the text. */
export type Possible = (index: number) => boolean;

/** What a gate has seen of one list of things in a text. */
export class Seen {
  constructor(
    private readonly sightings: Sightings,
    private readonly first: number,
    private readonly things: readonly Gated[],
  ) {}

  readonly has: Possible = (index) =>
    this.sightings.isPossible(this.first + 2 * index) && this.sightings.isPossible(this.first + 2 * index + 1);

  /** Where the thing at an index can begin, with a literal of each of its lists within reach. */
  begins(index: number, reach: Reach): Ranges | undefined {
    const at = this.first + 2 * index;
    const begins = this.sightings.begins(at, reach);
    return this.things[index]?.isAlsoFar === true ? begins : common(begins, this.sightings.begins(at + 1, reach));
  }
}

/** Decides for several lists of things in one pass over a text which of them can be in it, and where. */
export const buildSharedGate = <K extends string>(
  lists: Readonly<Record<K, readonly Gated[]>>,
): ((text: string) => Record<K, Seen>) => {
  const names = Object.keys(lists) as K[];
  const look = buildSightings(names.flatMap((name) => lists[name].flatMap(({ hints, also = [] }) => [hints, also])));
  return (text) => {
    const sightings = look(text);
    const seen = {} as Record<K, Seen>;
    let first = 0;
    for (const name of names) {
      seen[name] = new Seen(sightings, first, lists[name]);
      first += 2 * lists[name].length;
    }
    return seen;
  };
};
