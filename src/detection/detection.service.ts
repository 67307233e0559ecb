import { Injectable } from '@nestjs/common';
import { contains, type Match, type PatternSet } from './detector';
import { INAPPROPRIATE } from './content-inappropriate';
import { MALICIOUS } from './content-malicious';
import { INJECTION } from './injection';
import { buildLocator, type LocateOptions } from './locate';
import { TRAITS } from './persona';
import { PII } from './pii';
import { redact } from './redact';
import { type InjectionMatch, scanInjection } from './scan-injection';
import type { JsonValue } from '../contracts/json';
import { textsOf } from './texts';
import { rulesDigest } from './rules-digest';
import { SECRETS } from './secrets';

export { atLeast } from './detector';
export type { Match } from './detector';
export type { InjectionMatch } from './scan-injection';

export interface ScanOptions {
  /** Each true when absent. */
  pii?: boolean;
  secrets?: boolean;
  injection?: boolean;
  /** Harmful content, malicious and inappropriate; false when absent. */
  content?: boolean;
  /** Which pattern set; `standard` when absent. `relaxed` finds most and errs most. */
  set?: PatternSet;
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

const findPii = buildLocator(PII);
const findSecrets = buildLocator(SECRETS);
const findContent = buildLocator([...MALICIOUS, ...INAPPROPRIATE]);

const RULES = [...PII, ...SECRETS, ...INJECTION, ...TRAITS, ...MALICIOUS, ...INAPPROPRIATE];

/**
 * Finds personal data, secrets and prompt injection by rules alone: no model, no network, no state. Linear in the text's
 * length whatever the text; never throws. Offsets are UTF-16 code units.
 */
@Injectable()
export class Detection {
  /** Changes whenever the rules do: what was found with others is not comparable. */
  readonly rules = rulesDigest(RULES);
  readonly patternCount = RULES.length;

  scan(text: string, options: ScanOptions = {}): Scan {
    const { pii = true, secrets = true, injection = true, content = false, set = 'standard', minConfidence } = options;
    const only = {
      only: (detector: { set: PatternSet }) => contains(set, detector.set),
      ...(minConfidence !== undefined && { minConfidence }),
    };
    return {
      pii: pii ? findPii(text, only) : [],
      secrets: secrets ? this.secretsIn(text, options.label, only) : [],
      injection: injection ? scanInjection(text, set) : [],
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

  /** The text with a placeholder in place of every match, e.g. `[EMAIL-REDACTED]`. */
  redact(text: string, matches: readonly Match[]): string {
    return redact(text, matches);
  }

  private secretsIn(text: string, label: string | undefined, options: LocateOptions): Match[] {
    if (label === undefined || !TELLING.test(label)) return findSecrets(text, options);
    const prefix = `${label.slice(-LONGEST_LABEL)}: `;
    return findSecrets(prefix + text, options)
      .map((match) => ({ ...match, start: match.start - prefix.length, end: match.end - prefix.length }))
      .filter(({ start }) => start >= 0);
  }
}
