import type { CodeArtifact, TestRun } from '../../../contracts/outcome';

/** What a criterion is checked against. */
export interface Subject {
  /** The outcome as the user will see it. */
  text: string;
  artifact?: CodeArtifact;
  testRun?: TestRun;
}

/** `holds` is `'unproven'` where only running the code could tell and it was not run. */
export interface Finding {
  holds: boolean | 'unproven';
  /** A sentence with the evidence. */
  because: string;
}

/** One property that can be told without a model. */
export interface Check {
  /** Where a criterion asks for the property. What it matches counts as understood. */
  asks: RegExp;
  /** Nothing when the property cannot be told here: another language, or no code at all. */
  look(subject: Subject, asked: RegExpExecArray): Finding | undefined;
  /**
   * The property is a thing that is there or not (a docstring), so that its absence decides even if the criterion says more
   * about it than was understood.
   */
  absenceDecides?: boolean;
}

/** A look at code, which tells nothing of anything else. */
export const code =
  (look: (artifact: CodeArtifact, asked: RegExpExecArray) => Finding | undefined): Check['look'] =>
  (subject, asked) =>
    subject.artifact ? look(subject.artifact, asked) : undefined;
