import type { ProgramRuntime } from '../order';
import { assessSource, assessWords } from './assess';
import type { Assessment } from './assessment';

/** What is looked at: the words of a command, or a program. */
export type AssessmentJob = { words: readonly string[] } | { runtime: ProgramRuntime; source: string };

/** Looks at what is long, in a thread of its own. */
export default (job: AssessmentJob): Assessment =>
  'words' in job ? assessWords(job.words) : assessSource(job.runtime, job.source);
