import { UserError } from '../common/errors';
import { randomText } from '../common/ids';
import { SCOPES, type Scope } from '../contracts/caller';

export const KEY_TIERS = ['test', 'live', 'admin'] as const;
export type KeyTier = (typeof KEY_TIERS)[number];

/** 238 bits. */
const RANDOM_CHARACTERS = 40;
/** Shown to recognise a key by; the column holds 20. */
const SHOWN_RANDOM = 4;
const SHOWN_OF_OWN = 6;
const OWN_KEY = /^[\x21-\x7e]{20,200}$/;
/** These are read as capability tokens, so a key of that form could never be used. */
const TOKEN_FORM = /^(tok_|eyJ)/;

const prefixOf = (tier: KeyTier): string => `octollm_${tier}_`;

/** A key nobody can guess, of the form that tells its tier. */
export const newKeyValue = (tier: KeyTier): string => `${prefixOf(tier)}${randomText(RANDOM_CHARACTERS)}`;

/** The first characters, by which a person recognises a key; far too few to guess the rest. */
export const shownPart = (value: string, tier: KeyTier): string => {
  const prefix = prefixOf(tier);
  return value.slice(0, value.startsWith(prefix) ? prefix.length + SHOWN_RANDOM : SHOWN_OF_OWN);
};

/** A program that works with a key is not to approve what it does itself: that scope is given by name. */
const NOT_UNASKED: ReadonlySet<Scope> = new Set(['admin', 'task:approve']);

/** Everything but administration and approvals, unless the key is for that. */
export const scopesFor = (tier: KeyTier, wanted: readonly Scope[] | undefined): Scope[] => {
  if (tier === 'admin') {
    if (wanted !== undefined && !wanted.includes('admin'))
      throw fault('scopes', 'an admin key has all of them; leave scopes out');
    return ['admin'];
  }
  if (wanted?.includes('admin') === true) throw fault('scopes', 'admin needs a key of type admin');
  return [...new Set(wanted ?? SCOPES.filter((scope) => !NOT_UNASKED.has(scope)))];
};

/** @throws UserError `validation_error` for a value that cannot serve as a key of this tier. */
export const checkOwnValue = (value: string, tier: KeyTier): void => {
  if (!OWN_KEY.test(value)) throw fault('key', 'give 20 to 200 printable characters without spaces');
  if (TOKEN_FORM.test(value))
    throw fault('key', 'keys beginning with tok_ or eyJ would be read as tokens; choose another');
  const named = KEY_TIERS.find((other) => value.startsWith(prefixOf(other)));
  if (named !== undefined && named !== tier)
    throw fault('type', `${prefixOf(named)} is how keys of type ${named} begin`);
};

const fault = (field: string, problem: string): UserError =>
  new UserError('validation_error', `${field}: ${problem}.`, { details: { field, constraint: problem } });
