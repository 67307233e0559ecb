import { LinearPattern } from '../linear-regexp';

/** A pattern of somebody's schema, searched for anywhere in a text. */
export interface Pattern {
  test(text: string): boolean;
}

/**
 * In linear time where that can be had. What only JavaScript's own engine knows (look-around, back-references) may take for
 * ever there: only for a thread that can be ended. Throws where no engine takes it.
 */
export const patternOf = (source: string): Pattern => {
  const linear = inLinearTime(source);
  if (linear !== undefined) return { test: (text) => linear.isIn(text) };
  return inUnicode(source) ?? new RegExp(source);
};

const inLinearTime = (source: string): LinearPattern | undefined => {
  try {
    return LinearPattern.compile(source);
  } catch {
    return undefined;
  }
};

/** Escapes such as `\-` are common, and no syntax there. */
const inUnicode = (source: string): RegExp | undefined => {
  try {
    return new RegExp(source, 'u');
  } catch {
    return undefined;
  }
};
