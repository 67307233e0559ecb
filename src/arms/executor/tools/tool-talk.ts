import type { ExecutionRequest } from '../../../contracts/direct';
import type { JsonValue } from '../../../contracts/json';
import type { Made } from '../replies';

const parse = (text: string): { value: JsonValue } | undefined => {
  try {
    return { value: JSON.parse(text) as JsonValue };
  } catch {
    return undefined;
  }
};

/**
 * What a tool is given: the input, where there is one; else its arguments, of which a single one may be JSON in itself; else an
 * empty object.
 */
export const inputOf = ({ input, args }: Pick<ExecutionRequest, 'input' | 'args'>): JsonValue => {
  if (input !== undefined) return input;
  const [only, ...more] = args;
  if (only === undefined) return {};
  const parsed = more.length === 0 ? parse(only) : undefined;
  return parsed === undefined ? args : parsed.value;
};

/** What a tool printed is its answer: JSON, or the text as it stands. Of one that failed, or was cut, nobody knows. */
export const answerOf = (made: Made): Made => {
  if (made.exitCode !== 0 || made.truncated) return made;
  const parsed = parse(made.stdout);
  return { ...made, value: parsed === undefined ? made.stdout.trimEnd() : parsed.value };
};
