import { alignLines } from './align-lines';
import { compileTypeScript } from './script-syntax';
import type { Transpiled } from './syntax.port';

export const transpile = (source: string): Transpiled => {
  const { code, sourceMap, fault } = compileTypeScript(source);
  return fault ? { fault } : { code: alignLines(code, sourceMap) };
};
