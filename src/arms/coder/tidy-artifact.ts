import { canonicalLanguage } from '../../common/languages';
import type { CodeArtifact } from '../../contracts/outcome';

const FENCED = /^\s*(?:```|~~~)[^\n]*\n([\s\S]*?)(?:(?<=\n)[^\S\n]*(?:```|~~~)\s*)?$/;

/** Source without the Markdown fence around it. Fences further inside, as in a docstring, belong to the code. */
export const stripFences = (text: string): string => {
  const inner = FENCED.exec(text)?.[1] ?? text;
  return inner.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd();
};

const escaped = (name: string): string => name.replace(/[$]/g, '\\$&');
const defines = (code: string, name: string): boolean =>
  new RegExp(
    `\\b(?:def|class|function\\*?|const|let|var)\\s+${escaped(name)}(?![\\w$])|^${escaped(name)}\\s*=`,
    'm',
  ).test(code);

const namesIn = (list: string): string[] =>
  list
    .replace(/[(){}]/g, ' ')
    .split(',')
    .map((part) => part.trim().split(/\s+as\s+|\s*:\s*/)[0] ?? '')
    .filter((name) => name !== '');

const PYTHON_IMPORT = /^from[^\S\n]+[.\w]+[^\S\n]+import[^\S\n]+(\([^)]*\)|[^\n#]+).*$/gm;
const JS_REQUIRE = /^(?:const|let|var)\s+(\{[^}]*\}|\w+)\s*=\s*require\(\s*['"]\.[^'"]*['"]\s*\);?[^\S\n]*$/gm;
const JS_IMPORT = /^import\s+(\{[^}]*\}|\w+)\s+from\s+['"]\.[^'"]*['"];?[^\S\n]*$/gm;

/**
 * Tests run in the namespace of the code. Models like to import the solution from a module they made up all the same; such
 * a line would fail although nothing is wrong, so it goes if every name it brings is defined by the code.
 */
export const dropOwnImports = (tests: string, code: string): string => {
  const drop = (line: string, list: string): string => {
    const names = namesIn(list);
    return names.length > 0 && names.every((name) => defines(code, name)) ? '' : line;
  };
  return [PYTHON_IMPORT, JS_REQUIRE, JS_IMPORT].reduce((text, pattern) => text.replace(pattern, drop), tests).trim();
};

/** What the model wrote, as an artifact. `previous` fills in what an extension or a repair left as it was. */
export const tidyArtifact = (
  reply: { code: string; tests: string; explanation: string; language: string },
  fallbackLanguage: string,
  previous?: Pick<CodeArtifact, 'code' | 'tests'>,
): CodeArtifact => {
  const code = stripFences(reply.code) || (previous?.code ?? '');
  const tests = dropOwnImports(stripFences(reply.tests), code) || (previous?.tests ?? '');
  return {
    code,
    language: canonicalLanguage(reply.language) || fallbackLanguage,
    tests,
    explanation: reply.explanation.trim(),
  };
};
