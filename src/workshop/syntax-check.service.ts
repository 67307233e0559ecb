import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { OctoError } from '../common/errors';
import { SandboxPort, type SandboxRequest } from '../drivers/sandbox/sandbox.port';

/** `fault` is absent where the text can be parsed; `unchecked` says why nobody looked. */
export type SyntaxReport = { fault?: { message: string; line?: number; column?: number } } | { unchecked: string };

const WALL_MS = 10_000;

/** Both programs only parse what lies beside them, and never run a line of it. */
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

/** As a script first, in the wrapping Node gives it; as a module where only that allows what is written. */
const JAVASCRIPT = `const { readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const { compileFunction } = require('node:vm');
const source = readFileSync('source.mjs', 'utf8').replace(/^#!.*/, '');
const report = (fault) => console.log(JSON.stringify(fault));
try {
  compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: 'source' });
  report({});
} catch (error) {
  const asModule = spawnSync(process.execPath, ['--check', 'source.mjs'], { encoding: 'utf8' });
  if (asModule.status === 0) report({});
  else {
    const isModule = /^\\s*(?:import|export)\\b|\\bawait\\b/m.test(source);
    const stack = isModule && asModule.stderr ? asModule.stderr : String(error.stack);
    const message = /^SyntaxError: (.*)$/m.exec(stack);
    const line = /(?:source|source\\.mjs):(\\d+)$/m.exec(stack);
    const mark = /^( *)\\^+\\s*$/m.exec(stack);
    report({
      message: message ? message[1] : error.message,
      line: line ? Number(line[1]) : null,
      column: mark ? mark[1].length + 1 : null,
    });
  }
}
`;

type Program = Pick<SandboxRequest, 'runtime' | 'entry' | 'files'>;

const programFor = (language: string, source: string): Program | undefined => {
  if (language === 'python') {
    return { runtime: 'python', entry: '.check/main.py', files: { '.check/main.py': PYTHON, 'source.txt': source } };
  }
  if (language === 'javascript') {
    return {
      runtime: 'javascript',
      entry: '.check/main.js',
      files: { '.check/main.js': JAVASCRIPT, 'source.mjs': source },
    };
  }
  return undefined;
};

const reply = z.object({
  message: z.string().optional(),
  line: z.number().int().nullish(),
  column: z.number().int().nullish(),
});

/** Tells whether a text can be parsed as a language, by that language's own parser in the sandbox. */
@Injectable()
export class SyntaxCheck {
  constructor(private readonly sandbox: SandboxPort) {}

  /** Knows `python`, `javascript` and `json`. Rejects with the signal's reason on abort, and with nothing else. */
  async check(source: string, language: string, signal: AbortSignal): Promise<SyntaxReport> {
    if (language === 'json') return checkJson(source);
    const program = programFor(language, source);
    if (program === undefined) {
      const known = 'only Python, JavaScript and JSON';
      return {
        unchecked: `${language === '' ? 'the language is not known' : `${language} is not parsed here`}; ${known}`,
      };
    }
    try {
      const { stdout, limit } = await this.sandbox.run({ ...program, limits: { wallMs: WALL_MS }, signal });
      if (limit !== undefined) return { unchecked: 'the parser ran into a limit of the sandbox' };
      const { message, line, column } = reply.parse(JSON.parse(stdout));
      if (message === undefined) return {};
      return {
        fault: { message, ...(typeof line === 'number' && { line }), ...(typeof column === 'number' && { column }) },
      };
    } catch (error) {
      signal.throwIfAborted();
      return { unchecked: error instanceof OctoError ? error.message : 'the parser gave no answer' };
    }
  }
}

const checkJson = (source: string): SyntaxReport => {
  try {
    JSON.parse(source);
    return {};
  } catch (error) {
    return { fault: { message: error instanceof Error ? error.message : 'not JSON' } };
  }
};
