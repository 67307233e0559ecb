import { posix } from 'node:path';
import type { SandboxRequest } from '../drivers/sandbox/sandbox.port';
import type { SyntaxPort } from '../drivers/syntax/syntax.port';
import { JAVASCRIPT_HARNESS } from './javascript-harness';
import { JAVASCRIPT_EXPECT } from './javascript-harness-expect';
import { PYTHON_HARNESS } from './python-harness';
import { PYTHON_ASSERTS } from './python-harness-asserts';
import { PYTEST_FIXTURES } from './python-harness-fixtures';
import { PYTEST_STAND_IN } from './python-harness-pytest';

type Program = Pick<SandboxRequest, 'runtime' | 'files' | 'entry'>;
type Files = Record<string, string | Uint8Array>;

interface Tested {
  language: 'python' | 'javascript' | 'typescript';
  code: string;
  tests: string;
}

/** What the sandbox is given to run the tests of a program; a fault where a part of it cannot be translated. */
export const prepareProgram = async (
  { language, code, tests }: Tested,
  files: Files,
  syntax: SyntaxPort,
  signal: AbortSignal,
): Promise<Program | { fault: string }> => {
  const others = Object.fromEntries(Object.entries(files).filter(([path]) => !isOfTheHarness(path)));
  if (language === 'python') {
    const harness = {
      '.harness/main.py': PYTHON_HARNESS,
      '.harness/asserts.py': PYTHON_ASSERTS,
      '.harness/fixtures.py': PYTEST_FIXTURES,
      '.harness/pytest.py': PYTEST_STAND_IN,
    };
    return {
      runtime: 'python',
      entry: '.harness/main.py',
      files: { ...others, ...harness, 'solution.py': code, 'tests.py': tests },
    };
  }
  const own =
    language === 'typescript' ? { 'solution.ts': code, 'tests.ts': tests } : { 'solution.js': code, 'tests.js': tests };
  const translated: Files = {};
  for (const [path, content] of Object.entries({ ...others, ...own })) {
    if (!needsTranslation(path, content)) {
      translated[path] = content;
      continue;
    }
    const result = await syntax.transpile(content, signal);
    if ('fault' in result) {
      const { message, line } = result.fault;
      return { fault: `loading: SyntaxError: ${message} (${path}${line === undefined ? '' : `, line ${line}`})` };
    }
    translated[path.replace(/\.[mc]?ts$/, '.js')] = result.code;
  }
  return {
    runtime: 'javascript',
    entry: '.harness/main.js',
    files: { ...translated, '.harness/main.js': JAVASCRIPT_HARNESS, '.harness/expect.js': JAVASCRIPT_EXPECT },
  };
};

const isOfTheHarness = (path: string): boolean => posix.normalize(path).split('/')[0] === '.harness';

/** Types, and the statements of modules, which a function cannot hold. */
const needsTranslation = (path: string, content: string | Uint8Array): content is string =>
  typeof content === 'string' &&
  (/(?<!\.d)\.[mc]?ts$/.test(path) || (path.endsWith('.js') && /^\s*(?:import\b(?!\s*[.(])|export\b)/m.test(content)));
