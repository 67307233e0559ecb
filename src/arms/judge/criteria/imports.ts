import { isBuiltin } from 'node:module';
import { blank } from '../source';
import { PYTHON_LIBRARY } from './python-library';

/** Modules that code imports, by their top-level names; undefined in languages that are not read. Those beside it are left out. */
export const importsOf = (code: string, language: string): string[] | undefined => {
  if (language === 'python') return pythonImports(blank(code, language));
  if (language === 'javascript' || language === 'typescript') return scriptImports(code);
  return undefined;
};

/** Whether a module comes with the language. */
export const isInLibrary = (name: string, language: string): boolean =>
  language === 'python' ? PYTHON_LIBRARY.has(name) : isBuiltin(name);

const distinct = (names: string[]): string[] => [...new Set(names)];

const pythonImports = (plain: string): string[] => {
  const whole = [...plain.matchAll(/^[ \t]*import[ \t]+([^\n;#]+)/gm)].flatMap(([, list = '']) => list.split(','));
  const parts = [...plain.matchAll(/^[ \t]*from[ \t]+([\w.]+)[ \t]+import\b/gm)].map(([, name = '']) => name);
  return distinct(
    [...whole, ...parts]
      .map((name) => name.trim().split(/[\s.]/)[0] ?? '')
      .filter((name) => name !== '' && name !== 'solution'),
  );
};

/** Names stand in strings, so it is the code itself that is searched, line by line where an import can begin. */
const scriptImports = (code: string): string[] => {
  const from = [...code.matchAll(/^[ \t]*(?:import|export)\b[^'"`;]*?\bfrom[ \t]*['"]([^'"\n]+)['"]/gm)];
  const bare = [...code.matchAll(/^[ \t]*import[ \t]*['"]([^'"\n]+)['"]/gm)];
  const called = [...code.matchAll(/(?<![\w.])(?:require|import)\([ \t]*['"]([^'"\n]+)['"]/g)];
  const names = [...from, ...bare, ...called].map(([, name = '']) => name).filter((name) => !/^[./]/.test(name));
  return distinct(names.map((name) => (/^@[^/]+\/[^/]+|^[^/]+/.exec(name) ?? [name])[0]));
};
