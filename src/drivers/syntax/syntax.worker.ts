import { GRAMMARS } from './grammars';
import type { SyntaxAnswer, SyntaxRequest } from './request';

/** The parser for a language is loaded when first needed: a compiler takes a hundred megabytes. */
export default async ({ task, source, language }: SyntaxRequest): Promise<SyntaxAnswer> => {
  try {
    if (task === 'transpile') return (await import('./transpile')).transpile(source);
    if (language === 'json') return (await import('./json-syntax')).checkJson(source);
    if (language in GRAMMARS) return await (await import('./grammar-syntax')).checkByGrammar(source, language);
    return (await import('./script-syntax')).checkScript(source, language);
  } catch (error) {
    if (error instanceof RangeError) return { unchecked: 'it is nested too deeply for the parser' };
    throw error;
  }
};
