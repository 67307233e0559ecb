import type { RegExpEngine } from 'ajv/dist/types';
import { RE2JS } from 're2js';

/**
 * Patterns of a user's schema in linear time. JavaScript's own engine takes seconds for some patterns of ten characters and
 * would stand still meanwhile, with everything else. Look-around and back-references are refused, which makes the schema unusable.
 */
export const linearRegExp: RegExpEngine = Object.assign(
  (pattern: string) => {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return { test: (text: string): boolean => compiled.matcher(text).find() };
  },
  { code: 'linearRegExp' },
);
