import { z } from 'zod';
import { firstArtifact } from '../../common/code-artifact';
import { type Printed, printedText } from '../../common/printed';
import type { Assignment } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import type { CodeArtifact } from '../../contracts/outcome';

/** What is judged: the newest code, else the newest answer. */
export interface Candidate {
  /** The outcome as the user will see it. */
  text: string;
  artifact?: CodeArtifact;
  /** Handed over as a source text alone: that no tests and no explanation come with it says nothing against it. */
  isBareSource?: boolean;
}

const PROSE_KEYS = ['answer', 'output', 'result', 'text', 'stdout'];
/** What these arms write is about an outcome and not one itself. */
const NOT_AN_OUTCOME = new Set(['planner', 'judge', 'safety-guardian']);

const execution: z.ZodType<Printed> = z.object({
  stdout: z.string(),
  exitCode: z.number(),
  artifacts: z.array(z.object({ path: z.string() })).default([]),
});

/** What one result tells; nothing where it has no words of its own. */
const textIn = (value: JsonObject): string | undefined => {
  const text = PROSE_KEYS.map((key) => value[key]).find((one) => typeof one === 'string' && one.trim() !== '');
  if (typeof text === 'string') return text;
  // Something was run and printed nothing: that is its outcome, and what ran before it is not.
  const { data } = execution.safeParse(value);
  return data && printedText(data);
};

/** `earlier` is oldest first; a step may also hand the outcome over itself, under `input.artifact` or `input.output`. */
export const candidateOf = ({ input, earlier }: Pick<Assignment, 'input' | 'earlier'>): Candidate | undefined => {
  const outputs = earlier.filter(({ arm }) => !NOT_AN_OUTCOME.has(arm)).map(({ output }) => output);
  const artifact = firstArtifact([input['artifact'], ...outputs.toReversed()]);
  if (artifact !== undefined) return { text: artifact.code, artifact };
  for (const value of [input, ...outputs.toReversed()]) {
    const text = textIn(value);
    if (text !== undefined) return { text };
  }
  // An arm of someone else's may answer in a shape of its own; that is then what the user gets.
  const last = outputs.at(-1);
  return last && { text: JSON.stringify(last) };
};
