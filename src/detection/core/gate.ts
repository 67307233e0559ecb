import type { Reach } from './reach';

/** Characters beyond ASCII that occur in literals share this many symbols: a gate may err towards "possible". */
const FOREIGN_SYMBOLS = 32;
const ASCII_END = 0x80;
const CODE_UNITS = 0x10000;
const MOST_STATES = 0x10000;

/** Letters match in either case, a digit stands for any digit, white space for any white space. */
const folded = (code: number): number => {
  if (code >= 0x30 && code <= 0x39) return 0x30;
  const character = String.fromCharCode(code);
  return character.trim() === '' ? 0x20 : character.toLowerCase().charCodeAt(0);
};
const bucketOf = (code: number): number =>
  code < ASCII_END ? code : ASCII_END + ((code ^ (code >> 5)) % FOREIGN_SYMBOLS);
const BUCKETS = new Uint8Array(CODE_UNITS);
for (let code = 0; code < CODE_UNITS; code++) BUCKETS[code] = bucketOf(folded(code));

/**
 * Numbers the symbols that literals are made of from 1, the commonest first, so that what is looked up stands together; every
 * other code unit is 0, which leads back to the start.
 */
const alphabetOf = (literals: readonly string[]): { symbols: Uint8Array; size: number } => {
  const counts = new Uint32Array(ASCII_END + FOREIGN_SYMBOLS);
  for (const literal of literals)
    for (let i = 0; i < literal.length; i++) {
      const bucket = BUCKETS[literal.charCodeAt(i)] ?? 0;
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  const used = Array.from(counts.keys())
    .filter((bucket) => (counts[bucket] ?? 0) > 0)
    .sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0));
  const numbers = new Uint8Array(ASCII_END + FOREIGN_SYMBOLS);
  used.forEach((bucket, i) => (numbers[bucket] = i + 1));
  const size = used.length + 1;
  const symbols = new Uint8Array(CODE_UNITS);
  for (let code = 0; code < CODE_UNITS; code++) symbols[code] = numbers[BUCKETS[code] ?? 0] ?? 0;
  return { symbols, size };
};

interface Trie {
  /** Per state the next state by symbol; 0, the start, where there is none. */
  rows: Uint16Array[];
  /** Per state the things whose literal ends there. */
  found: Set<number>[];
}

const plant = (needs: readonly (readonly string[])[], symbols: Uint8Array, size: number): Trie => {
  const rows = [new Uint16Array(size)];
  const found = [new Set<number>()];
  needs.forEach((literals, thing) => {
    for (const literal of literals) {
      let state = 0;
      for (let i = 0; i < literal.length; i++) {
        const symbol = symbols[literal.charCodeAt(i)] ?? 0;
        const row = rows[state];
        if (row?.[symbol] === 0) {
          if (rows.length === MOST_STATES) throw new RangeError('The literals of a gate need too many states.');
          row[symbol] = rows.length;
          rows.push(new Uint16Array(size));
          found.push(new Set());
        }
        state = row?.[symbol] ?? 0;
      }
      found[state]?.add(thing);
    }
  });
  return { rows, found };
};

/** Fills every gap of a row from the longest suffix that is a state too, breadth first (Aho and Corasick, 1975). */
const close = ({ rows, found }: Trie): void => {
  const fallback = new Uint16Array(rows.length);
  const queue = Array.from(rows[0] ?? []).filter((state) => state !== 0);
  for (const state of queue) {
    const back = fallback[state] ?? 0;
    for (const thing of found[back] ?? []) found[state]?.add(thing);
    const [row, viaBack] = [rows[state], rows[back]];
    row?.forEach((next, symbol) => {
      const other = viaBack?.[symbol] ?? 0;
      if (next === 0) row[symbol] = other;
      else {
        fallback[next] = other;
        queue.push(next);
      }
    });
  }
};

/** Where literals were seen is noted in blocks of this many characters, a power of two. */
const BLOCK_BITS = 7;
const BLOCK = 1 << BLOCK_BITS;
const WORD_BITS = 5;
const WORD_MASK = 31;

/** Ascending pairs `from, to` of offsets, both within; no two touch. */
export type Ranges = readonly number[];

/** Which of the things can be in a text, and where. */
export class Sightings {
  constructor(
    /** 1 for a thing that is possible. */
    readonly flags: Uint8Array,
    /** For each thing one bit per block in which one of its literals ends. */
    private readonly blocks: Uint32Array,
    private readonly words: number,
    private readonly isAlways: Uint8Array,
  ) {}

  isPossible(thing: number): boolean {
    return this.flags[thing] === 1;
  }

  /** Whether a literal of a thing may end in `[from, to)`. */
  isIn(thing: number, from: number, to: number): boolean {
    if (this.isAlways[thing] === 1) return true;
    for (let block = from >> BLOCK_BITS; block <= (to - 1) >> BLOCK_BITS; block++) {
      const word = this.blocks[thing * this.words + (block >> WORD_BITS)] ?? 0;
      if ((word >>> (block & WORD_MASK)) & 1) return true;
    }
    return false;
  }

  /** Where something can begin that holds a literal of a thing within reach. Undefined: anywhere. */
  begins(thing: number, { behind, ahead }: Reach): Ranges | undefined {
    if (this.isAlways[thing] === 1 || !Number.isFinite(behind + ahead)) return undefined;
    const ranges: number[] = [];
    for (let at = 0; at < this.words; at++)
      for (let word = this.blocks[thing * this.words + at] ?? 0; word !== 0; word &= word - 1) {
        const first = ((at << WORD_BITS) + WORD_MASK - Math.clz32(word & -word)) << BLOCK_BITS;
        const [from, to] = [Math.max(0, first - ahead + 1), first + BLOCK - 1 + behind];
        if (ranges.length > 0 && from <= (ranges[ranges.length - 1] ?? 0) + 1) ranges[ranges.length - 1] = to;
        else ranges.push(from, to);
      }
    return ranges;
  }
}

/**
 * Decides in one pass over a text which of many things can possibly be in it, and where: an Aho-Corasick automaton over the
 * literals each of them needs. Letters match in either case, a digit in a literal matches any digit and a space any white
 * space. Something that needs no literal is always possible, anywhere.
 *
 * Construction is for boot; a call is linear in the text's length and allocates a byte per thing, and a bit per thing and block.
 */
export const buildSightings = (needs: readonly (readonly string[])[]): ((text: string) => Sightings) => {
  const always = Uint8Array.from(needs, (literals) => (literals.length === 0 || literals.includes('') ? 1 : 0));
  const { symbols, size } = alphabetOf(needs.flat());
  const trie = plant(needs, symbols, size);
  close(trie);

  // A state that ends a literal gets a number from `silent` up, so that one comparison tells it from the others.
  const states = trie.rows.map((_, state) => state);
  const reports = (state: number): boolean => state !== 0 && (trie.found[state]?.size ?? 0) > 0;
  const order = [...states.filter((state) => !reports(state)), ...states.filter(reports)];
  const silent = states.length - states.filter(reports).length;
  const rank = new Uint16Array(states.length);
  order.forEach((state, at) => (rank[state] = at));
  const shift = 32 - Math.clz32(size - 1);
  const table = new Uint16Array(states.length << shift);
  order.forEach((state, at) =>
    trie.rows[state]?.forEach((next, symbol) => (table[(at << shift) + symbol] = rank[next] ?? 0)),
  );
  const things = order.slice(silent).map((state) => Uint16Array.from(trie.found[state] ?? []));
  /** The block in which each of those states was last reached; what a block has shown once it need not show again. */
  const lastIn = new Int32Array(things.length);

  return (text) => {
    const flags = always.slice();
    const words = (text.length >> (BLOCK_BITS + WORD_BITS)) + 1;
    const blocks = new Uint32Array(needs.length * words);
    lastIn.fill(-1);
    for (let i = 0, state = 0; i < text.length; i++) {
      state = table[(state << shift) + (symbols[text.charCodeAt(i)] ?? 0)] ?? 0;
      if (state < silent) continue;
      const block = i >> BLOCK_BITS;
      if (lastIn[state - silent] === block) continue;
      lastIn[state - silent] = block;
      const seen = things[state - silent];
      const [word, bit] = [block >> WORD_BITS, 1 << (block & WORD_MASK)];
      for (let k = 0; k < (seen?.length ?? 0); k++) {
        const thing = seen?.[k] ?? 0;
        flags[thing] = 1;
        blocks[thing * words + word] = (blocks[thing * words + word] ?? 0) | bit;
      }
    }
    return new Sightings(flags, blocks, words, always);
  };
};

/** As `buildSightings`, where nobody asks for the places: one byte per thing, 1 for what is possible. */
export const buildGate = (needs: readonly (readonly string[])[]): ((text: string) => Uint8Array) => {
  const look = buildSightings(needs);
  return (text) => look(text).flags;
};
