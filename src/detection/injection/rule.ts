import type { PatternSet, Severity } from '../core/detector';
import type { Gated } from './shared-gate';

/** Who wrote the text: a user who may give orders, or somebody whose orders the model must not take. */
export type Trust = 'user' | 'untrusted';

/** Names of the reflex vocabulary. */
export type InjectionType =
  | 'IgnorePrevious'
  | 'ContextSwitching'
  | 'SystemRole'
  | 'JailbreakKeyword'
  | 'PromptExtraction'
  | 'DelimiterInjection'
  | 'ConfusionPattern'
  | 'MemoryExfiltration'
  | 'RoleReversal'
  | 'EncodedInstruction'
  | 'MultilingualBypass'
  | 'ChainOfThought'
  | 'AuthorityAppeal'
  | 'OutputManipulation';

/**
 * A rule over folded text (see `fold`): lower case, one space between words, no accents. Linear, like a detector's pattern. Of
 * `hints` and `also` one literal each must be there: a verb alone is common, a verb and its object are not.
 */
export interface InjectionRule extends Gated {
  id: string;
  type: InjectionType;
  severity: Severity;
  set: PatternSet;
  pattern: RegExp;
  /** The original spelling must match this too, where case carries the meaning. */
  spelling?: RegExp;
  /** The match must begin a line of the original; marks of lists, quotations and headings may stand before it. */
  atLineStart?: boolean;
  positives: readonly string[];
  negatives: readonly string[];
}

/** Up to `most` words between two parts of a phrase; stops at the end of a sentence. */
export const gap = (most: number): string => `(?:[^\\s.!?;]{1,24}[ ]){0,${most}}`;
