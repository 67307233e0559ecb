import { GROUP, OWNER, PERSON, ROLE } from './people';

interface Span {
  start: number;
  end: number;
}

type Finder = (sentence: string) => Span | undefined;

/** Parts that many phrases share. Each is compiled once: within every pattern they would take seconds to compile. */
const SHARED: Readonly<Record<string, RegExp>> = {
  person: new RegExp(PERSON, 'iy'),
  owner: new RegExp(OWNER, 'iy'),
  group: new RegExp(GROUP, 'iy'),
  role: new RegExp(ROLE, 'iy'),
};

const endOf = (piece: RegExp, text: string, from: number): number => {
  piece.lastIndex = from;
  return piece.test(text) ? piece.lastIndex : -1;
};

const buildPhrase = (source: string): Finder => {
  const [first = '', ...rest] = source.split(/<(\w+)>/);
  const opening = new RegExp(String.raw`\b(?:${first})`, 'gi');
  const pieces = rest.map((part, i) => (i % 2 === 0 && SHARED[part]) || new RegExp(`(?:${part})`, 'iy'));
  return (sentence) => {
    opening.lastIndex = 0;
    for (let hit = opening.exec(sentence); hit; hit = opening.exec(sentence)) {
      let end = opening.lastIndex;
      for (const piece of pieces) if (end >= 0) end = endOf(piece, sentence, end);
      if (end >= 0 && !/^\w\w/.test(sentence.slice(end - 1, end + 1))) return { start: hit.index, end };
      if (hit[0] === '') opening.lastIndex++;
    }
    return undefined;
  };
};

/**
 * Finds the first of some phrases in a sentence. A phrase is the source of a pattern in which `<person>`, `<owner>`, `<group>`
 * and `<role>` stand for the parts above; what comes before such a part is settled when the part is looked at. Ends with a word.
 */
export const buildPhrases = (sources: readonly string[]): Finder => {
  const finders = sources.map(buildPhrase);
  return (sentence) => {
    for (const find of finders) {
      const span = find(sentence);
      if (span) return span;
    }
    return undefined;
  };
};
