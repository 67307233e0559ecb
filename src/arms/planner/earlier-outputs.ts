import { z } from 'zod';
import type { EarlierResult } from '../../contracts/arm';
import type { CodeArtifact, Execution, Findings, GuardReport, TestRun, Verdict } from '../../contracts/outcome';

const testRun: z.ZodType<TestRun> = z.object({
  ran: z.boolean(),
  passed: z.number(),
  failed: z.number(),
  failures: z.array(z.string()),
  durationMs: z.number(),
  engine: z.string(),
  reason: z.exactOptional(z.string()),
});

const codeArtifact: z.ZodType<CodeArtifact> = z.object({
  code: z.string().min(1),
  language: z.string(),
  tests: z.string().default(''),
  explanation: z.string().default(''),
});

const findings: z.ZodType<Findings> = z.object({
  passages: z.array(z.object({ documentId: z.string(), source: z.string(), content: z.string(), score: z.number() })),
  answer: z.exactOptional(z.string()),
});

const execution: z.ZodType<Execution> = z.object({ testRun, stdout: z.string(), stderr: z.string() });

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

/** The newest result of the given shape; `earlier` is oldest first. */
const newest = <T>(earlier: readonly EarlierResult[], shape: z.ZodType<T>): T | undefined => {
  for (const { output } of earlier.toReversed()) {
    const parsed = shape.safeParse(output);
    if (parsed.success) return parsed.data;
  }
  return undefined;
};

/** Only what the judge and the guardian said counts as a verdict or a report: any other arm may write the same words. */
const by = (earlier: readonly EarlierResult[], arm: string): EarlierResult[] =>
  earlier.filter((one) => one.arm === arm);

export const readEarlier = (earlier: readonly EarlierResult[]) => ({
  artifact: newest(earlier, codeArtifact),
  findings: newest(earlier, findings),
  execution: newest(by(earlier, 'executor'), execution),
  verdict: newest(by(earlier, 'judge'), verdict),
  guard: newest(by(earlier, 'safety-guardian'), guardReport),
});
