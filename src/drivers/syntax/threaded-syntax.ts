import { join } from 'node:path';
import { ThreadDied, ThreadTimeout, Threads } from '../../common/threads';
import { GRAMMARS } from './grammars';
import type { SyntaxAnswer, SyntaxRequest } from './request';
import { SyntaxPort, type SyntaxVerdict, type Transpiled } from './syntax.port';

/** A source file of a thousand pages. Parsers of what is longer take memory by the gigabyte when it was made for that. */
const MAX_CHARACTERS = 400_000;
/** Honest texts take milliseconds; the first call of a thread also loads its parser. */
const TIMEOUT_MS = 10_000;
const IDLE_MS = 30_000;

/** One thread: parsing is quick, and a compiler in memory is large. */
const THREAD = { size: 1, memoryMb: 512, idleMs: IDLE_MS };

/** Parsers in a thread of their own, which starts when first asked and ends when idle. */
export class ThreadedSyntax extends SyntaxPort {
  readonly languages = ['javascript', 'typescript', 'json', ...Object.keys(GRAMMARS)];
  private readonly threads = new Threads<SyntaxRequest, SyntaxAnswer>(join(__dirname, 'syntax.worker'), THREAD);

  async check(source: string, language: string, signal?: AbortSignal): Promise<SyntaxVerdict> {
    if (!this.languages.includes(language)) {
      const name = language === '' ? 'the language is not known' : `there is no parser for ${language} here`;
      return { unchecked: `${name}; there is one for ${this.languages.join(', ')}` };
    }
    return (await this.ask({ task: 'check', source, language }, signal)) as SyntaxVerdict;
  }

  async transpile(source: string, signal?: AbortSignal): Promise<Transpiled> {
    const answer = await this.ask({ task: 'transpile', source, language: 'typescript' }, signal);
    if ('unchecked' in answer) return { fault: { message: `the program cannot be translated: ${answer.unchecked}` } };
    return answer as Transpiled;
  }

  async close(): Promise<void> {
    await this.threads.close();
  }

  private async ask(request: SyntaxRequest, signal: AbortSignal | undefined): Promise<SyntaxAnswer> {
    signal?.throwIfAborted();
    if (request.source.length > MAX_CHARACTERS) {
      return { unchecked: `the text is longer than ${MAX_CHARACTERS} characters` };
    }
    try {
      return await this.threads.run(request, { timeoutMs: TIMEOUT_MS, ...(signal && { signal }) });
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ThreadTimeout) return { unchecked: `the parser did not end within ${TIMEOUT_MS} ms` };
      if (error instanceof ThreadDied) return { unchecked: 'the parser ran out of memory' };
      return { unchecked: `the parser failed: ${error instanceof Error ? error.message : String(error)}` };
    }
  }
}
