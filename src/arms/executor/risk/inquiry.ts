import type { Assessment } from './assessment';
import type { Language } from './source/language';

/** What the judges of single programs ask when a program is given something to run. */
export interface Inquiry {
  /** What the program reads from standard input, with marks for what cannot be known; undefined when nothing is handed to it. */
  input: string | undefined;
  /** A line of shell code. */
  line: (text: string, parameters?: readonly string[]) => Assessment;
  /** A command as words; it reads the same input unless another is given. */
  words: (words: readonly string[], input?: string) => Assessment;
  source: (language: Language, text: string) => Assessment;
}
