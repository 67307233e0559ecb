import { hashEmbedding } from '../../src/drivers/llm/demonstration/hash-embedding';
import { isComparable, normalisedGoal, similarityScope } from '../../src/memory/answers/answer-key';
import { HARMLESS } from './injection-sets';
import { readText, type Row, shareOf, timed } from './report';

const THRESHOLDS = [0.8, 0.85, 0.9, 0.95, 0.98];
const MAKERS = { rules: '', models: '' };

interface Nearest {
  /** Cosine to the nearest other question. */
  any: number;
  /** The same among those that the server would compare: none too long, of the same numbers, quotations and negations. */
  compared: number;
}

/** The questions of the Cranfield collection, one record `.I id` with the text under `.W` each. */
const cranfield = (data: string): string[] | undefined =>
  readText(data, 'retrieval/CS7IS3-proj1__cran.qry')
    ?.split(/^\.W\s*$/m)
    .slice(1)
    .map((record) => record.split(/^\.I /m)[0] ?? '');

const SETS: readonly { name: string; load: (data: string) => string[] | undefined }[] = [
  ...HARMLESS,
  { name: 'Cranfield', load: cranfield },
];

const scopeOf = (goal: string): string | undefined =>
  !isComparable(goal)
    ? undefined
    : similarityScope(
        {
          tenant: '',
          goal,
          constraints: [],
          acceptanceCriteria: [],
          context: {},
          checkPii: true,
          checkInjection: true,
        },
        MAKERS,
      );

const cosine = (one: Float32Array, other: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
};

const nearestOf = (questions: readonly string[], vectors: readonly Float32Array[]): Nearest[] => {
  const scopes = questions.map(scopeOf);
  const nearest = questions.map((): Nearest => ({ any: 0, compared: 0 }));
  const note = (at: number, score: number, isCompared: boolean): void => {
    const entry = nearest[at];
    if (entry === undefined) return;
    if (score > entry.any) entry.any = score;
    if (isCompared && score > entry.compared) entry.compared = score;
  };
  vectors.forEach((one, i) => {
    for (let j = 0; j < i; j++) {
      const score = cosine(one, vectors[j] ?? one);
      const isCompared = scopes[i] !== undefined && scopes[i] === scopes[j];
      note(i, score, isCompared);
      note(j, score, isCompared);
    }
  });
  return nearest;
};

const longestWord = (text: string): string =>
  (text.match(/\p{L}+/gu) ?? []).reduce((longest, word) => (word.length > longest.length ? word : longest), '');

/** Pairs that differ by one telling word, which makes another question of it: the hardest that a cosine can be asked to see. */
const exchangedOf = (questions: readonly string[], vectors: readonly Float32Array[]): Nearest[] =>
  questions.flatMap((question, at) => {
    const [mine, other] = [longestWord(question), longestWord(questions[(at + 1) % questions.length] ?? '')];
    const vector = vectors[at];
    if (vector === undefined || mine === '' || mine.toLowerCase() === other.toLowerCase()) return [];
    const changed = question.replace(mine, () => other);
    const score = cosine(vector, hashEmbedding(changed));
    const scope = scopeOf(question);
    return [{ any: score, compared: scope !== undefined && scope === scopeOf(changed) ? score : 0 }];
  });

const rowsOf = (name: string, nearest: readonly Nearest[], timing: Row['timing']): Row[] =>
  THRESHOLDS.map((threshold): Row => {
    const unguarded = shareOf(nearest, ({ any }) => any >= threshold).toFixed(4);
    return {
      set: `semantic cache: ${name}, cosine >= ${threshold.toFixed(2)} (${unguarded} without the guard)`,
      items: nearest.length,
      falsePositives: shareOf(nearest, ({ compared }) => compared >= threshold),
      ...(timing && { timing }),
    };
  });

/**
 * How often the semantic cache would give the answer to another question, with the built-in embedder: each question of a set is
 * asked once all others have been answered. No two of them are the same, so that every hit is a false one. Sets hold few
 * questions that are nearly alike; therefore each is also asked with its longest word exchanged for another.
 */
export const semanticCacheRows = (data: string): Row[] =>
  SETS.flatMap(({ name, load }) => {
    const given = load(data);
    if (given === undefined) return [];
    const questions = [...new Set(given.map(normalisedGoal))];
    const { results: vectors, timing } = timed(questions, hashEmbedding);
    return [
      ...rowsOf(name, nearestOf(questions, vectors), timing),
      ...rowsOf(`${name}, one word exchanged`, exchangedOf(questions, vectors), timing),
    ];
  });
