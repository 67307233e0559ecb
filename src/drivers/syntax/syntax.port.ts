/** The first fault of a text, as a person would count: lines and columns (UTF-16 code units) from 1. */
export interface SyntaxFault {
  message: string;
  line?: number;
  column?: number;
}

/** `unchecked` says why nobody could tell. */
export type SyntaxVerdict = { ok: true } | { fault: SyntaxFault } | { unchecked: string };

/** What becomes of a TypeScript program: JavaScript with the types gone, line for line where it was. */
export type Transpiled = { code: string } | { fault: SyntaxFault };

/** Real parsers, kept away from the event loop: a hostile text can cost its time, never this process its own. */
export abstract class SyntaxPort {
  /** Canonical names (`common/languages`) that `check` knows. */
  abstract readonly languages: readonly string[];
  /** Whether a text can be parsed. Never rejects but with the signal's reason. */
  abstract check(source: string, language: string, signal?: AbortSignal): Promise<SyntaxVerdict>;
  /** TypeScript to CommonJS JavaScript. Types are taken away, not checked. Never rejects but with the signal's reason. */
  abstract transpile(source: string, signal?: AbortSignal): Promise<Transpiled>;
  abstract close(): Promise<void>;
}
