import { z } from 'zod';
import { codeArtifact } from '../../common/code-artifact';
import type { EarlierResult } from '../../contracts/arm';
import type { Execution, Findings, GuardReport, TestRun, Verdict } from '../../contracts/outcome';

const testRun: z.ZodType<TestRun> = z.object({
  ran: z.boolean(),
  passed: z.number(),
  failed: z.number(),
  failures: z.array(z.string()),
  durationMs: z.number(),
  engine: z.string(),
  reason: z.exactOptional(z.string()),
});

const findings: z.ZodType<Findings> = z.object({
  passages: z.array(z.object({ documentId: z.string(), source: z.string(), content: z.string(), score: z.number() })),
  answer: z.exactOptional(z.string()),
});

/** As much of it as a result tells. */
export type Executed = Omit<Execution, 'artifacts'> & { artifacts: { path: string }[] };
const execution: z.ZodType<Executed> = z.object({
  testRun,
  stdout: z.string(),
  stderr: z.string(),
  exitCode: z.exactOptional(z.number()),
  artifacts: z.array(z.object({ path: z.string() })).default([]),
});
/** What ran tests, and what ran something that the plan says word by word. */
const tests = execution.refine(({ exitCode }) => exitCode === undefined);
const command = execution.refine(({ exitCode }) => exitCode !== undefined);

const verdict: z.ZodType<Verdict> = z.object({
  valid: z.boolean(),
  confidence: z.number(),
  qualityScore: z.number(),
  criteria: z.array(
    z.object({ criterion: z.string(), state: z.enum(['passed', 'failed', 'unknown']), explanation: z.string() }),
  ),
  issues: z.array(
    z.object({
      severity: z.enum(['error', 'warning', 'info']),
      type: z.string(),
      message: z.string(),
      suggestion: z.exactOptional(z.string()),
    }),
  ),
  layers: z.array(z.string()),
  testRun: z.exactOptional(testRun),
});

const guardReport: z.ZodType<GuardReport> = z.object({
  safe: z.boolean(),
  riskLevel: z.enum(['none', 'low', 'medium', 'high', 'critical']),
  issues: z.array(z.object({ type: z.string(), kind: z.string(), riskLevel: z.string(), message: z.string() })),
});

/** Results of the given shape, in the order of `earlier`: oldest first. */
const all = <T>(earlier: readonly EarlierResult[], shape: z.ZodType<T>): T[] =>
  earlier.flatMap(({ output }) => shape.safeParse(output).data ?? []);
const newest = <T>(earlier: readonly EarlierResult[], shape: z.ZodType<T>): T | undefined => all(earlier, shape).at(-1);

/** Only what the judge and the guardian said counts as a verdict or a report: any other arm may write the same words. */
const by = (earlier: readonly EarlierResult[], arm: string): EarlierResult[] =>
  earlier.filter((one) => one.arm === arm);

export const readEarlier = (earlier: readonly EarlierResult[]) => ({
  artifact: newest(earlier, codeArtifact),
  /** Of the coder's newest work; what others say of theirs proves nothing. */
  proven: newest(by(earlier, 'coder'), codeArtifact),
  findings: newest(earlier, findings),
  tests: newest(by(earlier, 'executor'), tests),
  commands: all(by(earlier, 'executor'), command),
  verdict: newest(by(earlier, 'judge'), verdict),
  guard: newest(by(earlier, 'safety-guardian'), guardReport),
});
