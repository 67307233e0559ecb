import { z } from 'zod';
import { ACTIONS, DIRECTIONS, FINDING_TYPES, REDACTION_MODES } from '../contracts/verdict';
import { SEVERITIES } from './policy';

const MOST_RULES = 200;
const MOST_PATTERNS = 100;
const MOST_REPLIES = 200;
const MOST_NAMES = 100;
const MOST_EXAMPLES = 50;
/** UTF-16 code units. */
const LONGEST_PATTERN = 500;
const LONGEST_EXAMPLE = 10_000;
const LONGEST_MESSAGE = 200;
const LONGEST_PLACEHOLDER = 60;
/** Longer texts are never answered at once. */
const LONGEST_GREETING = 60;
const LONGEST_REPLY = 2_000;

// Every message ends a sentence that begins with the field and what it is: `rules[1].action is "deny"; one of allow, warn.`
const text = (most: number) => {
  const error = `a text of 1 to ${most} characters`;
  return z.string({ error }).min(1, { error }).max(most, { error });
};
const oneOf = <const V extends readonly [string, ...string[]]>(values: V) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });
const list = <T extends z.ZodType>(item: T, most: number) => {
  const error = `a list of at most ${most}`;
  return z.array(item, { error }).max(most, { error });
};
/** One name, or a list of them. */
const names = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    list(item, MOST_NAMES).min(1, { error: 'a name or a list of names' }).optional(),
  );
const record = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `no field here; the fields are ${Object.keys(shape).join(', ')}`
        : `a mapping with ${Object.keys(shape).join(', ')}`,
  });

const id = z.string({ error: 'an id' }).regex(/^[a-z][a-z0-9_]{0,49}$/, {
  error: 'lower-case letters, digits and _, a letter first, at most 50 characters',
});
const flags = oneOf(['i']).optional();

const rule = record({
  type: names(oneOf(FINDING_TYPES)),
  kind: names(text(50)),
  direction: names(oneOf(DIRECTIONS)),
  severity: oneOf(SEVERITIES).optional(),
  action: oneOf(ACTIONS),
  mode: oneOf([...REDACTION_MODES, 'reversible']).optional(),
});

const pattern = record({
  id,
  pattern: text(LONGEST_PATTERN),
  flags,
  type: oneOf(['policy_violation', 'pii', 'secret']).default('policy_violation'),
  severity: oneOf(SEVERITIES).default('medium'),
  placeholder: text(LONGEST_PLACEHOLDER).optional(),
  message: text(LONGEST_MESSAGE).optional(),
  examples: record({
    positive: list(text(LONGEST_EXAMPLE), MOST_EXAMPLES).min(1, { error: 'at least one text it must find' }),
    negative: list(text(LONGEST_EXAMPLE), MOST_EXAMPLES).min(1, { error: 'at least one text it must leave alone' }),
  }),
});

const instantReply = record({
  id,
  equals: list(text(LONGEST_GREETING), MOST_NAMES).min(1, { error: 'at least one text' }).optional(),
  pattern: text(LONGEST_PATTERN).optional(),
  flags,
  reply: text(LONGEST_REPLY),
});

/** The shape of the policy file. What one field means for another is checked when it is read. */
export const policySchema = record({
  rules: list(rule, MOST_RULES).default([]),
  patterns: list(pattern, MOST_PATTERNS).default([]),
  instant_replies: list(instantReply, MOST_REPLIES).default([]),
});

export type PolicyDocument = z.output<typeof policySchema>;
