import { printedText } from '../../common/printed';
import { toWireProof } from '../../common/wire-proof';
import type { Assignment, EarlierResult } from '../../contracts/arm';
import type { Findings, GuardReport, TaskResult, TestRun } from '../../contracts/outcome';
import { type Executed, readEarlier } from './earlier-outputs';

/** A task's result but for what only the orchestrator knows. */
export type Integrated = Omit<TaskResult, 'lineage' | 'model' | 'steps_executed' | 'repair_rounds'>;

/**
 * Highest confidence a result may carry. Opinions, also the judge's, are worth at most .7: above that a reader may rely on
 * it, and only tests that really ran and all passed justify that. They in turn never prove everything, hence not 1.
 */
const CAP = { proven: 0.95, unproven: 0.7 } as const;
/** Nothing was judged: as likely right as wrong. */
const UNJUDGED = 0.5;

/** Puts the results of all steps (oldest first) together into what the task hands back. */
export const integrate = ({ earlier }: Pick<Assignment, 'earlier'>): Integrated => {
  const { artifact, proven, findings, tests, commands, verdict, guard } = readEarlier(earlier);
  const testRun = verdict?.testRun ?? tests?.testRun;
  const proof = proven?.code === artifact?.code ? proven?.proof : undefined;
  const cap = artifact && isProof(testRun) ? CAP.proven : CAP.unproven;
  return {
    output: artifact?.code ?? findings?.answer ?? lastWords(earlier, commands.at(-1)),
    confidence: Math.min(verdict?.confidence ?? UNJUDGED, cap),
    validation_passed:
      (verdict?.valid ?? false) && !holdsSecret(guard) && commands.every(({ exitCode }) => exitCode === 0),
    ...(artifact && {
      code: artifact.code,
      tests: artifact.tests,
      explanation: artifact.explanation,
      language: artifact.language,
    }),
    warnings: unique([
      ...earlier.flatMap(({ warnings }) => warnings),
      ...(verdict ? [] : ['No verdict of the judge was available: nothing about this result was verified.']),
      ...guardWarnings(guard),
    ]),
    citations: findings ? citationsOf(findings) : [],
    criteria: verdict?.criteria ?? [],
    findings: verdict?.issues ?? [],
    ...(proof && { proof: toWireProof(proof) }),
    ...(testRun && { test_run: onTheWire(testRun) }),
  };
};

const onTheWire = ({ durationMs, ...run }: TestRun): NonNullable<Integrated['test_run']> => ({
  ...run,
  duration_ms: durationMs,
});

const isProof = (run: TestRun | undefined): boolean => run?.ran === true && run.failed === 0 && run.passed > 0;

const holdsSecret = (guard: GuardReport | undefined): boolean =>
  guard?.issues.some(({ type }) => type === 'secret') ?? false;

const guardWarnings = (guard: GuardReport | undefined): string[] =>
  (guard?.issues ?? []).map(({ type, message }) =>
    type === 'secret'
      ? `A secret was found in the result: ${message}. Remove it, and replace it wherever it is in use.`
      : `The safety guardian found: ${message}`,
  );

/** Sources an answer cites by `[n]`; without an answer, of all passages found. */
const citationsOf = ({ passages, answer }: Findings): string[] =>
  unique(passages.filter((_, index) => answer?.includes(`[${index + 1}]`) ?? true).map(({ source }) => source));

const PROSE_KEYS = ['output', 'answer', 'result', 'text', 'stdout'];
const WORK = new Set(['work', 'repair']);

/** What the last working step said, for arms whose output has a shape of its own. */
const lastWords = (earlier: readonly EarlierResult[], command: Executed | undefined): string => {
  const last = earlier.findLast(({ kind, arm }) => WORK.has(kind) && arm !== 'judge' && arm !== 'safety-guardian');
  if (!last) return '';
  if (last.arm === 'executor' && command !== undefined) return printedText({ exitCode: 0, ...command });
  const text = PROSE_KEYS.map((key) => last.output[key]).find((value) => typeof value === 'string' && value !== '');
  return typeof text === 'string' ? text : JSON.stringify(last.output);
};

const unique = (values: readonly string[]): string[] => [...new Set(values)];
