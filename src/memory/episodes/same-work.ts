import { sha256 } from '../../common/ids';

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The same for code that differs in nothing but white space. */
export const solutionHash = (code: string): string => sha256(squeezed(code));

/** The same for problems that differ in nothing but white space and capitals. */
export const problemHash = (problem: string): string => sha256(squeezed(problem).toLowerCase());
