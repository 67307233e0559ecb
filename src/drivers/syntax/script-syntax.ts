import { Script, compileFunction } from 'node:vm';
import { alignLines } from './align-lines';
import { type Compiled, compileScript } from './script-compiler';
import type { SyntaxFault, SyntaxVerdict } from './syntax.port';

/** JavaScript and TypeScript, either with or without JSX, as a script or as a module. */
export const checkScript = (source: string, language: string): SyntaxVerdict => {
  const compiled = language === 'javascript' ? compileScript(source, 'js') : compileTypeScript(source);
  if (compiled.fault) return { fault: compiled.fault };
  const early = earlyFault(alignLines(compiled.code, compiled.sourceMap));
  return early === undefined ? { ok: true } : { fault: early };
};

/** `<T>` begins an element in TSX and a cast without: where neither way is clean, the one that comes further is meant. */
export const compileTypeScript = (source: string): Compiled => {
  const plain = compileScript(source, 'ts');
  if (plain.fault === undefined) return plain;
  const withJsx = compileScript(source, 'tsx');
  return withJsx.clean > plain.clean ? withJsx : plain;
};

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * What is grammatical but no program, as `await` outside an async function or a `const` without a value: the compiler leaves
 * that to its type checker, JavaScript itself refuses it. Compiles and never runs.
 */
const earlyFault = (code: string): SyntaxFault | undefined => {
  try {
    compileFunction(code, PARAMETERS, { filename: 'source' });
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (/\bawait\b/.test(code) && awaitsAtTheTop(code)) return undefined;
    // Translated to CommonJS it stands outside a module, written it may well stand in one.
    if (error.message.includes('import.meta')) return undefined;
    const line = /^source:(\d+)/.exec(error.stack ?? '')?.[1];
    return { message: error.message, ...(line !== undefined && { line: Number(line) }) };
  }
};

/** A module may `await` outside every function. */
const awaitsAtTheTop = (code: string): boolean => {
  try {
    new Script(`(async function (${PARAMETERS.join(', ')}) {${code}\n})`);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
};
