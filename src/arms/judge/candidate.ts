import { z } from 'zod';
import type { Assignment } from '../../contracts/arm';
import type { CodeArtifact } from '../../contracts/outcome';

/** What is judged: the newest code, else the newest answer. */
export interface Candidate {
  /** The outcome as the user will see it. */
  text: string;
  artifact?: CodeArtifact;
  /** Handed over as a source text alone: that no tests and no explanation come with it says nothing against it. */
  isBareSource?: boolean;
}

const artifactShape: z.ZodType<CodeArtifact> = z.object({
  code: z.string().min(1),
  language: z.string(),
  tests: z.string().default(''),
  explanation: z.string().default(''),
});
const PROSE_KEYS = ['answer', 'output', 'result', 'text', 'stdout'];
/** What these arms write is about an outcome and not one itself. */
const NOT_AN_OUTCOME = new Set(['planner', 'judge', 'safety-guardian']);

/** `earlier` is oldest first; a step may also hand the outcome over itself, under `input.artifact` or `input.output`. */
export const candidateOf = ({ input, earlier }: Pick<Assignment, 'input' | 'earlier'>): Candidate | undefined => {
  const outputs = earlier.filter(({ arm }) => !NOT_AN_OUTCOME.has(arm)).map(({ output }) => output);
  for (const value of [input['artifact'], ...outputs.toReversed()]) {
    const parsed = artifactShape.safeParse(value);
    if (parsed.success) return { text: parsed.data.code, artifact: parsed.data };
  }
  for (const value of [input, ...outputs.toReversed()]) {
    const text = PROSE_KEYS.map((key) => value[key]).find((one) => typeof one === 'string' && one.trim() !== '');
    if (typeof text === 'string') return { text };
  }
  // An arm of someone else's may answer in a shape of its own; that is then what the user gets.
  const last = outputs.at(-1);
  return last && { text: JSON.stringify(last) };
};
