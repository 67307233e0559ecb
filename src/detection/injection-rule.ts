import type { PatternSet, Severity } from './detector';

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

/** A rule over folded text (see `fold`): lower case, one space between words, no accents. Linear, like a detector's pattern. */
export interface InjectionRule {
  id: string;
  type: InjectionType;
  severity: Severity;
  set: PatternSet;
  /** As in `Detector`. */
  hints: readonly string[];
  pattern: RegExp;
  /** The original spelling must match this too, where case carries the meaning. */
  spelling?: RegExp;
  positives: readonly string[];
  negatives: readonly string[];
}

/** Up to `most` words between two parts of a phrase; stops at the end of a sentence. */
export const gap = (most: number): string => `(?:[^\\s.!?;]{1,24}[ ]){0,${most}}`;
