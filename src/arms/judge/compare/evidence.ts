import type { CriterionResult, TestRun } from '../../../contracts/outcome';

/** What is known of a proposal without anybody's opinion. */
export interface Evidence {
  /** The proposal as text. */
  text: string;
  /** Absent when there is no schema that can be used. */
  followsSchema?: boolean;
  testRun?: TestRun;
  /** The criteria that could be decided without a model. */
  decided: readonly CriterionResult[];
}

export interface Finding {
  /** Below 0 the first is better, above 0 the second. */
  sign: number;
  because: string;
}

/** What counts, most important first. A question that cannot be answered for both decides nothing. */
const QUESTIONS: readonly {
  measure: (one: Evidence) => number | undefined;
  tell: (better: number, worse: number) => string;
}[] = [
  {
    measure: ({ followsSchema }) => (followsSchema === undefined ? undefined : Number(followsSchema)),
    tell: () => 'only it follows the schema',
  },
  {
    measure: ({ testRun }) =>
      testRun?.ran ? testRun.passed / Math.max(1, testRun.passed + testRun.failed) : undefined,
    tell: (better, worse) => `${percent(better)} of its tests pass, against ${percent(worse)}`,
  },
];

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What settles the matter between two proposals, if anything does. */
export const weigh = (first: Evidence, second: Evidence): Finding | undefined => {
  if (first.text.trim() === second.text.trim()) return { sign: 0, because: 'Both say the same.' };
  for (const { measure, tell } of QUESTIONS) {
    const found = finding(measure(first), measure(second), tell);
    if (found) return found;
  }
  const [one, other] = [met(first, second), met(second, first)];
  return finding(
    one,
    other,
    (better, worse) => `it meets ${better} of the criteria told for certain, against ${worse}`,
  );
};

const finding = (
  one: number | undefined,
  other: number | undefined,
  tell: (better: number, worse: number) => string,
): Finding | undefined => {
  if (one === undefined || other === undefined || one === other) return undefined;
  const which = one > other ? 'The first is better' : 'The second is better';
  return { sign: other - one, because: `${which}: ${tell(Math.max(one, other), Math.min(one, other))}.` };
};

/** Criteria met, of those that were decided for both. */
const met = ({ decided }: Evidence, { decided: others }: Evidence): number => {
  const isDecided = (wanted: string): boolean =>
    others.some(({ criterion, state }) => criterion === wanted && state !== 'unknown');
  return decided.filter(({ criterion, state }) => state === 'passed' && isDecided(criterion)).length;
};
