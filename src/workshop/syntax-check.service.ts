import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { OctoError } from '../common/errors';
import { canonicalLanguage } from '../common/languages';
import { SandboxPort } from '../drivers/sandbox/sandbox.port';
import { SyntaxPort, type SyntaxVerdict } from '../drivers/syntax/syntax.port';

const WALL_MS = 10_000;

/** Only parses what lies beside it, and never runs a line of it. */
const PYTHON = `import ast, json, warnings
warnings.simplefilter("ignore")
with open("source.txt", encoding="utf-8") as file:
    source = file.read()
try:
    compile(source, "source", "exec", dont_inherit=True)
    print("{}")
except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
    print(json.dumps({"message": getattr(error, "msg", None) or str(error) or type(error).__name__,
                      "line": getattr(error, "lineno", None), "column": getattr(error, "offset", None)}))
`;

const reply = z.object({
  message: z.string().optional(),
  line: z.number().int().nullish(),
  column: z.number().int().nullish(),
});

/** Tells whether a text can be parsed as a language: Python by its interpreter in the sandbox, all others by parsers here. */
@Injectable()
export class SyntaxCheck {
  constructor(
    private readonly sandbox: SandboxPort,
    private readonly syntax: SyntaxPort,
  ) {}

  /** `language` by any of its names. Rejects with the signal's reason on abort, and with nothing else. */
  async check(source: string, language: string, signal: AbortSignal): Promise<SyntaxVerdict> {
    const name = canonicalLanguage(language);
    if (name !== 'python') return this.syntax.check(source, name, signal);
    const verdict = await this.askPython(source, signal);
    if (!('unchecked' in verdict)) return verdict;
    // A grammar is more lenient than the interpreter and knows less to say, but it needs no isolation.
    const second = await this.syntax.check(source, name, signal);
    return 'unchecked' in second ? verdict : second;
  }

  private async askPython(source: string, signal: AbortSignal): Promise<SyntaxVerdict> {
    try {
      const { stdout, limit } = await this.sandbox.run({
        runtime: 'python',
        entry: '.check/main.py',
        files: { '.check/main.py': PYTHON, 'source.txt': source },
        limits: { wallMs: WALL_MS },
        signal,
      });
      if (limit !== undefined) return { unchecked: 'the parser ran into a limit of the sandbox' };
      const { message, line, column } = reply.parse(JSON.parse(stdout));
      if (message === undefined) return { ok: true };
      return {
        fault: { message, ...(typeof line === 'number' && { line }), ...(typeof column === 'number' && { column }) },
      };
    } catch (error) {
      signal.throwIfAborted();
      return { unchecked: error instanceof OctoError ? error.message : 'the parser gave no answer' };
    }
  }
}
