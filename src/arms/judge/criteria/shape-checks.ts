import { blank, definitionsIn, parametersOf } from '../source';
import { type Check, type Finding, code } from './check';
import { importsOf, isInLibrary } from './imports';
import { numberOf } from './numbers';

const NAME = '[`"\']?([A-Za-z_$][\\w$]*)[`"\']?';
const AMOUNT = '(\\d+|one|two|three|four|five|six)';

/** Whether a piece of syntax is there, in the languages where it can be told. */
const syntax = (what: string, patterns: Readonly<Record<string, RegExp>>): Check['look'] =>
  code(({ code: source, language }) => {
    const pattern = patterns[language];
    if (!pattern) return undefined;
    const holds = pattern.test(blank(source, language));
    return { holds, because: holds ? `The code holds ${what}.` : `The code holds no ${what}.` };
  });

const both = (pattern: RegExp): Record<string, RegExp> => ({ javascript: pattern, typescript: pattern });

/** What a module-level name is bound to. Names in capitals are constants, which few people mean by a variable. */
const globalsIn = (source: string): string[] =>
  [...blank(source, 'python').matchAll(/^([A-Za-z_]\w*)[ \t]*(?::[^=\n]+)?=(?!=)/gm)].map(([, name = '']) => name);

export const SHAPE_CHECKS: readonly Check[] = [
  {
    asks: new RegExp(
      `\\b(?:(?:defines?|has|contains?|provides?|implements?) an? )?(function|method|class) (?:(?:is |must be |should be )?(?:named|called) )${NAME}` +
        '|\\b(?:defines?|implements?|contains?|provides?|has) (?:an? |the )?(function|method|class) [`"\']([A-Za-z_$][\\w$]*)[`"\']',
      'i',
    ),
    absenceDecides: true,
    look: code(({ code: source, language }, [, kind = '', name, otherKind = '', otherName = '']) => {
      const definitions = definitionsIn(source, language);
      if (definitions.length === 0) return undefined;
      const wanted = name ?? otherName;
      const isClass = /class/i.test(kind + otherKind);
      const found = definitions.find((one) => one.name === wanted);
      if (found && (found.kind === 'class') !== isClass) return undefined;
      const names = definitions.map((one) => one.name).join(', ');
      return {
        holds: !!found,
        because: found ? `"${wanted}" is defined.` : `"${wanted}" is not defined; there is ${names}.`,
      };
    }),
  },
  {
    asks: new RegExp(`\\b(?:takes?|accepts?|has|have) (?:exactly )?${AMOUNT} (?:parameters?|arguments?)\\b`, 'i'),
    look: code(({ code: source, language }, [, amount = '']) => {
      const [only, ...others] = definitionsIn(source, language).filter(({ isPublic }) => isPublic);
      if (only?.kind !== 'function' || others.length > 0) return undefined;
      const parameters = parametersOf(only.parameters);
      // What may be left out, or be any number, can be counted in two ways.
      if (parameters.some((one) => /[=*]|\.\.\./.test(one))) return undefined;
      return { holds: parameters.length === numberOf(amount), because: `"${only.name}" takes ${parameters.length}.` };
    }),
  },
  {
    asks: new RegExp(
      `\\b(?:takes?|accepts?|has|have) (?:an? |the )?(?:parameter|argument) (?:named |called )?${NAME}`,
      'i',
    ),
    look: code(({ code: source, language }, [, wanted = '']) => {
      const functions = definitionsIn(source, language).filter(({ kind }) => kind === 'function');
      if (functions.length === 0) return undefined;
      const names = functions
        .flatMap(({ parameters }) => parametersOf(parameters))
        .map((one) => /[\w$]+/.exec(one)?.[0]);
      const holds = names.includes(wanted);
      return { holds, because: `${holds ? 'A' : 'No'} function takes "${wanted}".` };
    }),
  },
  {
    asks: /\b(?:external|third[- ]party|additional) (?:(?:python|npm|node) )?(?:dependenc(?:y|ies)|librar(?:y|ies)|packages?|modules?|imports?)\b/i,
    look: code(({ code: source, language }) => {
      const foreign = importsOf(source, language)?.filter((name) => !isInLibrary(name, language));
      return foreign && told(foreign, 'imports nothing from outside the standard library');
    }),
  },
  {
    asks: /\b(?:only (?:uses? |imports? )?(?:the )?(?:python )?(?:standard library|stdlib|built-?in modules)|(?:uses? |imports? )?only (?:from )?(?:the )?(?:python )?(?:standard library|stdlib|built-?in modules)|(?:standard library|stdlib) only)(?: modules| imports)?\b/i,
    look: code(({ code: source, language }) => {
      const foreign = importsOf(source, language)?.filter((name) => !isInLibrary(name, language));
      const found = foreign && told(foreign, 'imports nothing from outside the standard library');
      return found && { ...found, holds: !found.holds };
    }),
  },
  {
    asks: new RegExp(
      '\\b(?:imports?|uses?) (?:the )?[`"\']?([A-Za-z_][\\w.]*)[`"\']? (?:module|library|package)\\b',
      'i',
    ),
    look: code(({ code: source, language }, [, wanted = '']) => {
      const names = importsOf(source, language);
      if (!names) return undefined;
      const holds = names.some((name) => name.replace(/^node:/, '').toLowerCase() === wanted.toLowerCase());
      return { holds, because: `"${wanted}" is ${holds ? '' : 'not '}imported.` };
    }),
  },
  {
    asks: /\bimports\b|\bimport(?:ing)? anything\b|\bimport statements?\b/i,
    look: code(({ code: source, language }) => {
      const names = importsOf(source, language);
      return names && told(names, 'imports nothing');
    }),
  },
  {
    asks: /\bglobal (?:variables?|state)\b|\bglobals\b/i,
    look: code(({ code: source, language }) => {
      if (language !== 'python') return undefined;
      if (/^[ \t]*global\s+\w/m.test(blank(source, language)))
        return { holds: true, because: 'The code says "global".' };
      const names = globalsIn(source).filter((name) => !/^__\w+__$/.test(name));
      if (names.length > 0 && names.every((name) => name === name.toUpperCase())) return undefined;
      return told(names, 'sets no variable outside its functions', 'sets');
    }),
  },
  {
    asks: /\blist comprehensions?\b/i,
    look: syntax('list comprehension', { python: /\[[^[\]]*\bfor\b[^[\]]+\bin\b[^[\]]*\]/ }),
  },
  {
    asks: /\blambdas?(?: (?:functions?|expressions?))?\b/i,
    look: syntax('lambda', { python: /\blambda\b/ }),
  },
  { asks: /\barrow functions?\b/i, look: syntax('arrow function', both(/=>/)) },
  {
    asks: /\basync(?:\/await)?(?: functions?)?\b|\basynchronous\b/i,
    look: syntax('async function', { python: /\basync\s+def\b/, ...both(/\basync\b/) }),
  },
  { asks: /\bprint (?:statements?|calls?)\b/i, look: syntax('print', { python: /(?<![.\w])print\s*\(/ }) },
  {
    asks: /\bconsole\.log\b(?: (?:statements?|calls?))?/i,
    look: syntax('console.log', both(/\bconsole\s*\.\s*log\b/)),
  },
  {
    asks: /`?\beval\b(?:\(\))?`?/i,
    look: syntax('eval', { python: /(?<![.\w])eval\s*\(/, ...both(/(?<![.\w])eval\s*\(/) }),
  },
];

const told = (names: readonly string[], none: string, verb = 'imports'): Finding => ({
  holds: names.length > 0,
  because: names.length === 0 ? `The code ${none}.` : `The code ${verb} ${names.join(', ')}.`,
});
