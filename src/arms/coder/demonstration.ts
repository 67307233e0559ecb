import type { CodeRequest } from '../../contracts/direct';

const REMEDY =
  'Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama, to use a real model; then restart the server.';

/** Goes with everything the demonstration model made. */
export const DEMONSTRATION =
  'Made by the built-in demonstration model, which knows a handful of sample goals and did not write this for you. ' +
  REMEDY;

/** It writes its samples from nothing and can do no more. */
export const demonstrationCan = ({ operation, existingCode }: CodeRequest): boolean =>
  operation === 'generate' && existingCode === undefined;

const DOES: Readonly<Record<CodeRequest['operation'], string>> = {
  generate: 'Writing this code',
  debug: 'Debugging code',
  refactor: 'Refactoring code',
  analyze: 'Analysing code',
  test: 'Writing tests for code',
  explain: 'Explaining code',
  optimize: 'Optimising code',
};

/** Why nothing was done and what would help. */
export const beyondDemonstration = ({ operation }: CodeRequest): string =>
  `${DOES[operation]} needs a real language model, and none is set: the built-in demonstration model only writes a handful ` +
  `of sample programs, such as Fibonacci numbers. ${REMEDY}`;
