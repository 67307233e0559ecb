import { type Document, LineCounter, parseDocument } from 'yaml';
import { sha256 } from '../common/ids';
import { LinearPattern } from '../common/linear-regexp';
import { OctoError, UserError } from '../common/errors';
import { UNSEARCHED } from './own-patterns';
import type { InstantReplyRule, OwnPattern, Policy, PolicyRule } from './policy';
import { type Complain, Faults, type Path, shown } from './policy-faults';
import { type PolicyDocument, policySchema } from './policy.schema';

/** A file that is larger holds something else. */
const MOST_CHARACTERS = 500_000;
const MOST_ALIASES = 100;
const MOST_FAULTS = 10;
/** Instructions of one pattern's program, and of all together: with the length of a text they say what a search may cost. */
const LARGEST_PROGRAM = 1_000;
const LARGEST_PROGRAMS = 20_000;

const REDACTED = '[REDACTED]';

const placeholderOf = (
  { id, placeholder }: PolicyDocument['patterns'][number],
  all: readonly LinearPattern[],
): string => {
  const own = `[${id.toUpperCase().replaceAll('_', '-')}-REDACTED]`;
  return placeholder ?? (all.some((one) => one.isIn(own)) ? REDACTED : own);
};

const compiled = (
  { pattern, flags }: { pattern: string; flags?: 'i' | undefined },
  path: Path,
  complain: Complain,
): LinearPattern | undefined => {
  try {
    const result = LinearPattern.compile(pattern, { ignoreCase: flags === 'i' });
    if (result.size > LARGEST_PROGRAM)
      complain(path, `takes ${result.size} instructions; at most ${LARGEST_PROGRAM}: repeat less, or less often`);
    else if (result.isIn('')) complain(path, 'also fits the empty text; let it demand something');
    else return result;
  } catch (error) {
    if (!(error instanceof OctoError)) throw error;
    complain(path, `cannot be used: ${error.message}`);
  }
  return undefined;
};

const readPatterns = (
  given: PolicyDocument['patterns'],
  knownKinds: ReadonlySet<string>,
  complain: Complain,
): OwnPattern[] => {
  const programs = given.map((one, i) => compiled(one, ['patterns', i, 'pattern'], complain));
  const usable = programs.filter((one) => one !== undefined);
  const size = usable.reduce((sum, one) => sum + one.size, 0);
  if (size > LARGEST_PROGRAMS)
    complain(
      ['patterns'],
      `take ${size} instructions together; at most ${LARGEST_PROGRAMS}: use fewer or simpler ones`,
    );
  return given.flatMap((one, i) => {
    const { id, type, severity, message, examples } = one;
    const at = (...path: Path): Path => ['patterns', i, ...path];
    if (given.findIndex((other) => other.id === id) !== i)
      complain(at('id'), `is ${shown(id)} twice; give each its own`);
    if (knownKinds.has(id)) complain(at('id'), `is ${shown(id)}, a kind that is found already; choose another name`);
    const pattern = programs[i];
    if (!pattern) return [];
    const placeholder = placeholderOf(one, usable);
    if (usable.some((other) => other.isIn(placeholder)))
      complain(at('placeholder'), `would itself be found by a pattern; choose another text`);
    examples.positive.forEach((text, n) => {
      if (!pattern.isIn(text))
        complain(at('examples', 'positive', n), 'is not found by the pattern; change one of them');
    });
    examples.negative.forEach((text, n) => {
      if (pattern.isIn(text)) complain(at('examples', 'negative', n), 'is found by the pattern; change one of them');
    });
    return [{ id, type, severity, placeholder, pattern, ...(message !== undefined && { message }) }];
  });
};

const readRules = (given: PolicyDocument['rules'], knownKinds: ReadonlySet<string>, complain: Complain): PolicyRule[] =>
  given.map(({ type, kind, direction, severity, action, mode }, i) => {
    const at = (...path: Path): Path => ['rules', i, ...path];
    for (const name of kind ?? [])
      if (!knownKinds.has(name)) complain(at('kind'), `is ${shown(name)}; no detector and no pattern has this kind`);
    if (mode !== undefined && action !== 'redact') complain(at('mode'), `is ${shown(mode)}; only for action redact`);
    if (mode === 'reversible' && (direction === undefined || direction.some((one) => one !== 'prompt')))
      complain(at('mode'), 'is "reversible"; only for direction prompt, where the answer has the values again');
    if (action === 'approve' && (direction === undefined || direction.includes('goal')))
      complain(
        at('action'),
        'is "approve", which needs a direction other than goal: a goal is decided while its sender waits; use block',
      );
    return {
      action,
      ...(type && { types: type }),
      ...(kind && { kinds: kind }),
      ...(direction && { directions: direction }),
      ...(severity && { severity }),
      ...(mode && { mode }),
    };
  });

const spoken = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();

const readReplies = (given: PolicyDocument['instant_replies'], complain: Complain): InstantReplyRule[] =>
  given.flatMap((one, i) => {
    const { id, equals, pattern, reply } = one;
    if (given.findIndex((other) => other.id === id) !== i)
      complain(['instant_replies', i, 'id'], `is ${shown(id)} twice; give each its own`);
    if ((equals === undefined) === (pattern === undefined)) {
      complain(['instant_replies', i], 'needs either equals or pattern');
      return [];
    }
    if (pattern !== undefined) {
      // It is the whole text that is answered: words that only stand in it are no reason to.
      const program = compiled({ ...one, pattern: `^(?:${pattern})$` }, ['instant_replies', i, 'pattern'], complain);
      return program ? [{ id, reply, pattern: (text: string) => program.isIn(text) }] : [];
    }
    const known = new Set(equals?.map(spoken));
    return [{ id, reply, pattern: (text: string) => known.has(spoken(text)) }];
  });

const refused = (faults: readonly string[]): UserError => {
  const more = faults.length - MOST_FAULTS;
  const told = [...faults.slice(0, MOST_FAULTS), ...(more > 0 ? [`${more} more faults.`] : [])];
  return new UserError('policy_invalid', `The policy cannot be used:\n${told.map((line) => `  ${line}`).join('\n')}`);
};

/**
 * Reads a policy from YAML (or JSON, which is YAML).
 * @param name What to call the file in errors.
 * @param builtInKinds Kinds of what is found without it.
 * Errors: `UserError` `policy_invalid`, one line for each fault: file, line, field, what is wrong, what would be right.
 */
export const readPolicy = (text: string, name: string, builtInKinds: ReadonlySet<string>): Policy => {
  if (text.length > MOST_CHARACTERS)
    throw refused([`${name}: the file has ${text.length} characters; at most ${MOST_CHARACTERS}.`]);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, version: '1.2' });
  if (document.errors.length > 0)
    throw refused(
      document.errors.map(({ message, pos }) => `${name} line ${counter.linePos(pos[0]).line}: not YAML: ${message}.`),
    );
  const parsed = policySchema.safeParse(plain(document, name) ?? {});
  const faults = new Faults(name, document, counter);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.addIssue(issue);
    throw refused(faults.lines);
  }
  const { rules, patterns, instant_replies } = parsed.data;
  const kinds = new Set([...builtInKinds, ...patterns.map(({ id }) => id), UNSEARCHED]);
  const policy = {
    rules: readRules(rules, kinds, faults.add),
    patterns: readPatterns(patterns, new Set([...builtInKinds, UNSEARCHED]), faults.add),
    replies: readReplies(instant_replies, faults.add),
    digest: sha256(JSON.stringify(parsed.data)),
  };
  if (faults.lines.length > 0) throw refused(faults.lines);
  return policy;
};

/** Aliases that multiply could fill the memory. */
const plain = (document: Document, name: string): unknown => {
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES }) as unknown;
  } catch (error) {
    throw refused([`${name}: ${error instanceof Error ? error.message : String(error)}.`]);
  }
};
