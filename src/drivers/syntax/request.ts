import type { SyntaxVerdict, Transpiled } from './syntax.port';

/** What the thread is asked; `language` is a canonical name. */
export type SyntaxRequest = { task: 'check' | 'transpile'; source: string; language: string };

/** What it answers with, by task. */
export type SyntaxAnswer = SyntaxVerdict | Transpiled;
