import type { CodeArtifact } from '../../contracts/outcome';

/** By canonical name of the language. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  python: 'py',
  javascript: 'js',
  typescript: 'ts',
  go: 'go',
  rust: 'rs',
  java: 'java',
  c: 'c',
  cpp: 'cpp',
  csharp: 'cs',
  ruby: 'rb',
  php: 'php',
  bash: 'sh',
  powershell: 'ps1',
  kotlin: 'kt',
  swift: 'swift',
  scala: 'scala',
  sql: 'sql',
  html: 'html',
  css: 'css',
};

const extensionOf = (language: string): string =>
  Object.hasOwn(EXTENSIONS, language) ? (EXTENSIONS[language] ?? 'txt') : 'txt';

const withEnd = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/** Tests are written for the namespace of the code; a Python file of its own has to fetch that first. */
const standingAlone = (tests: string, language: string): string =>
  language !== 'python' || /^from __future__ |^(?:from|import) solution\b/m.test(tests)
    ? tests
    : `from solution import *\n\n\n${tests}`;

/** Finished work as files: `solution.<ext>`, and `tests.<ext>` where there are tests; `txt` for a language nobody knows. */
export const artifactFiles = ({ code, tests, language }: CodeArtifact): Record<string, string> => {
  const extension = extensionOf(language);
  return {
    [`solution.${extension}`]: withEnd(code),
    ...(tests.trim() !== '' && { [`tests.${extension}`]: withEnd(standingAlone(tests, language)) }),
  };
};
