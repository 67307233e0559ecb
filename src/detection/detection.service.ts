import { Injectable } from '@nestjs/common';
import { contains, type Match, type PatternSet } from './core/detector';
import { INAPPROPRIATE } from './content/inappropriate';
import { MALICIOUS } from './content/malicious';
import { WEIGHTS } from './injection/classifier/weights';
import { INJECTION } from './injection/rules';
import { UNTRUSTED } from './injection/untrusted';
import { VOCABULARY } from './injection/vocabulary';
import { buildLocator, type LocateOptions } from './core/locate';
import { TRAITS } from './injection/persona';
import { PII } from './pii/detectors';
import { redact, replaceMatches } from './core/redact';
import { type InjectionMatch, scanInjection, type Trust } from './injection/scan';
import type { JsonValue } from '../contracts/json';
import type { RedactionMode } from '../contracts/verdict';
import { textsOf } from './core/texts';
import { rulesDigest } from './core/rules-digest';
import { SECRETS } from './secrets/detectors';

export type { Match } from './core/detector';
export type { InjectionMatch } from './injection/scan';

export interface ScanOptions {
  /** Each true when absent. */
  pii?: boolean;
  secrets?: boolean;
  injection?: boolean;
  /** Harmful content, malicious and inappropriate; false when absent. */
  content?: boolean;
  /**
   * Which pattern set. When absent, `standard` for personal data and secrets, where `relaxed` also reports addresses of pages and
   * machines; `relaxed` for injection, where nothing it adds is grave enough to block.
   */
  set?: PatternSet;
  /** `user` when absent. In `untrusted` text (tool output, web pages, documents) orders to an assistant are suspicious by themselves. */
  trust?: Trust;
  /** The name the text stands under, e.g. `api_key`: it may give away a secret that the text alone does not. */
  label?: string;
  /** Least confidence of personal data and secrets; .8 when absent. */
  minConfidence?: number;
}

/** Personal data and secrets do not overlap within their list. All lists are in order of position. */
export interface Scan {
  pii: Match[];
  secrets: Match[];
  injection: InjectionMatch[];
  /** Malicious content (severity high) and inappropriate content (medium), by kind. Empty unless asked for. */
  content: Match[];
}

/** Names after which a value is looked at as `name: value`. */
const TELLING = /key|secret|token|passw|passphrase|pwd|credential|auth/i;
const LONGEST_LABEL = 64;
/** Nothing that is looked for is shorter, unless its name gives it away: a body may hold a hundred thousand tiny texts. */
const SHORTEST = 4;

const findPii = buildLocator(PII);
const findSecrets = buildLocator(SECRETS);
const findContent = buildLocator([...MALICIOUS, ...INAPPROPRIATE]);

/** Types of injection that come of scores, not of one rule. */
const TYPES_WITHOUT_RULE: readonly InjectionMatch['type'][] = ['RoleReversal', 'ChainOfThought'];

const RULES = [...PII, ...SECRETS, ...INJECTION, ...UNTRUSTED, ...TRAITS, ...MALICIOUS, ...INAPPROPRIATE];
/** What decides besides rules: the words that are recognised in spelled-out text, and what the model has learnt. */
const LEARNT = { words: [...VOCABULARY], weights: WEIGHTS };

/**
 * Finds personal data, secrets and prompt injection by rules alone: no model, no network, no state. Linear in the text's
 * length whatever the text; never throws. Offsets are UTF-16 code units.
 */
@Injectable()
export class Detection {
  /** Changes whenever the rules do: what was found with others is not comparable. */
  readonly rules = rulesDigest([...RULES, LEARNT]);
  readonly patternCount = RULES.length;
  /** Names of all that can be found: kinds of values and content, types of injection. */
  readonly kinds: ReadonlySet<string> = new Set([
    ...[...PII, ...SECRETS, ...MALICIOUS, ...INAPPROPRIATE].map(({ kind }) => kind),
    ...[...INJECTION, ...UNTRUSTED].map(({ type }) => type),
    ...TYPES_WITHOUT_RULE,
  ]);

  scan(text: string, options: ScanOptions = {}): Scan {
    const {
      pii = true,
      secrets = true,
      injection = true,
      content = false,
      set,
      trust = 'user',
      minConfidence,
    } = options;
    if (text.length < SHORTEST && (options.label === undefined || !TELLING.test(options.label)))
      return { pii: [], secrets: [], injection: [], content: [] };
    const only = {
      only: (detector: { set: PatternSet }) => contains(set ?? 'standard', detector.set),
      ...(minConfidence !== undefined && { minConfidence }),
    };
    return {
      pii: pii ? findPii(text, only) : [],
      secrets: secrets ? this.secretsIn(text, options.label, only) : [],
      injection: injection ? scanInjection(text, { set: set ?? 'relaxed', trust }) : [],
      content: content ? findContent(text) : [],
    };
  }

  /** Scans every string of a JSON value, keys included; `path` says where it stands, e.g. `passages.0.content`. */
  scanAll(value: JsonValue, options: ScanOptions = {}): (Scan & { path: string; text: string })[] {
    return textsOf(value).map(({ path, text }) => ({
      path,
      text,
      ...this.scan(text, { ...options, label: path.slice(path.lastIndexOf('.') + 1) }),
    }));
  }

  /** The text with something else in place of every match: by default a placeholder, e.g. `[EMAIL-REDACTED]`. */
  redact(text: string, matches: readonly Match[], mode: RedactionMode = 'placeholder'): string {
    return redact(text, matches, mode);
  }

  /** As `redact`, with what the callback gives in place of each match; see `replaceMatches` for what it is asked for. */
  replace(text: string, matches: readonly Match[], replacement: (match: Match) => string): string {
    return replaceMatches(text, matches, replacement);
  }

  private secretsIn(text: string, label: string | undefined, options: LocateOptions): Match[] {
    if (label === undefined || !TELLING.test(label)) return findSecrets(text, options);
    const prefix = `${label.slice(-LONGEST_LABEL)}: `;
    return findSecrets(prefix + text, options)
      .map((match) => ({ ...match, start: match.start - prefix.length, end: match.end - prefix.length }))
      .filter(({ start }) => start >= 0);
  }
}
