/** Programs are run as they are: a sentence taken out of a string literal would make another program of it. */
const PROGRAM =
  /(?:^|\.)(?:code|tests|existing_code|existingCode|test_code|testCode|command|args(?:\.\d+)?|env\.[^.]+)$/;
const TESTS = /(?:^|\.)(?:tests|test_code|testCode)$/;
const GUESSED: ReadonlySet<string> = new Set(['password_value', 'generic_api_key']);

/** Whether the text at a path is a program, or what one is called with. */
export const isProgram = (path: string): boolean => PROGRAM.test(path);

/** A password that a test makes up to try a check of passwords with is nobody's; a provider's key is one wherever it stands. */
export const isMadeUp = (kind: string, path: string): boolean => GUESSED.has(kind) && TESTS.test(path);
