import { z } from 'zod';
import type { CodeArtifact } from '../contracts/outcome';

const shape: z.ZodType<CodeArtifact> = z.object({
  code: z.string().min(1),
  language: z.string(),
  tests: z.string().default(''),
  explanation: z.string().default(''),
});

/** The first of these values that is code with its language; what else a `CodeArtifact` has is filled in as empty. */
export const firstArtifact = (candidates: readonly unknown[]): CodeArtifact | undefined => {
  for (const candidate of candidates) {
    const { data } = shape.safeParse(candidate);
    if (data !== undefined) return data;
  }
  return undefined;
};
