import { z } from 'zod';
import type { CodeArtifact, Proof } from '../contracts/outcome';

const proof: z.ZodType<Proof> = z.object({
  syntax: z.enum(['valid', 'invalid', 'unchecked']),
  syntaxNote: z.exactOptional(z.string()),
  tests: z.enum(['passed', 'failed', 'not_run']),
  testsNote: z.exactOptional(z.string()),
  testsPassed: z.number(),
  testsFailed: z.number(),
  repairs: z.number(),
});

/** Code as an arm hands it on. A proof that is none is left out: the code is there all the same. */
export const codeArtifact: z.ZodType<CodeArtifact> = z
  .object({
    code: z.string().min(1),
    language: z.string(),
    tests: z.string().default(''),
    explanation: z.string().default(''),
    proof: proof.optional().catch(undefined),
  })
  .transform(({ proof: proven, ...artifact }) => ({ ...artifact, ...(proven && { proof: proven }) }));

/** The first of these values that is code with its language; what else a `CodeArtifact` has is filled in as empty. */
export const firstArtifact = (candidates: readonly unknown[]): CodeArtifact | undefined => {
  for (const candidate of candidates) {
    const { data } = codeArtifact.safeParse(candidate);
    if (data !== undefined) return data;
  }
  return undefined;
};
