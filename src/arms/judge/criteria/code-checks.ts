import { type Check, type Finding, code } from './check';
import { type Definition, blank, definitionsIn, isRecursive, parametersOf } from '../source';
import { numberOf } from './numbers';
import { SHAPE_CHECKS } from './shape-checks';

/** All public definitions have it, or none; some of them is a matter of what was meant, so it stays open. */
const allOrNone = (
  what: string,
  definitions: readonly Definition[],
  has: (one: Definition) => boolean,
): Finding | undefined => {
  if (definitions.length === 0) return undefined;
  const names = definitions.filter(has).map(({ name }) => name);
  if (names.length === definitions.length) return { holds: true, because: `${names.join(', ')}: each has ${what}.` };
  if (names.length === 0)
    return { holds: false, because: `${definitions.map(({ name }) => name).join(', ')}: none has ${what}.` };
  return undefined;
};

/** JSDoc counts as a whole, because its types are all in one place. */
const isTyped = ({ parameters, returns, comment }: Definition): boolean =>
  /@(?:param|returns?)\s*\{/.test(comment) ||
  (returns !== '' && parametersOf(parameters).every((parameter) => parameter.includes(':')));
const isTypedInPart = ({ parameters, returns, comment }: Definition): boolean =>
  returns !== '' || /\w\s*:\s*\S/.test(parameters) || /@(?:param|returns?)\s*\{/.test(comment);

const TEST_FUNCTION =
  /\bdef\s+test\w*\s*\(|\bfunction\s+test\w*\s*\(|\b(?:test|it|describe)\s*\(|class\s+\w*Test\w*|#\[test\]|\bfunc\s+Test\w+|@Test\b/;
const ASSERTION = /\bassert\w*\b|\bexpect\s*\(|\braise AssertionError\b|\bt\.(?:Error|Fatal)/;

const TEST_CASES = /\bdef\s+test\w*\s*\(|\bfunction\s+test\w*\s*\(|(?<![.\w])(?:test|it)\s*\(/g;
const ASSERTIONS = /\bassert\w*\b(?!\s*=)|\bexpect\s*\(/g;

const LANGUAGES = '(python|javascript|typescript|java|rust|golang|go)';
const languageName = (name: string): string => (name.toLowerCase() === 'golang' ? 'go' : name.toLowerCase());

export const CODE_CHECKS: readonly Check[] = [
  {
    asks: /\b(?:docstrings?|doc[- ]strings?|jsdoc|doc comments?)\b/i,
    absenceDecides: true,
    look: code(({ code: source, language }) =>
      allOrNone(
        'a docstring',
        definitionsIn(source, language).filter(({ isPublic }) => isPublic),
        ({ isDocumented }) => isDocumented,
      ),
    ),
  },
  {
    asks: /\b(?:full |complete )?type[- ](?:hint(?:s|ing)?|annotations?)(?: (?:to|for|on) (?:all |every |each |its )*(?:function )?(?:parameters?|arguments?|functions?)(?: and (?:the )?return (?:values?|types?))?)?\b|\btyped parameters\b/i,
    absenceDecides: true,
    look: code(({ code: source, language }) => {
      const open = definitionsIn(source, language).filter(({ isPublic, kind }) => isPublic && kind === 'function');
      const isMixed = open.some((one) => isTypedInPart(one) && !isTyped(one));
      return isMixed ? undefined : allOrNone('type hints', open, isTyped);
    }),
  },
  {
    // Before the check for tests as such, which would take "unit tests" out of "all unit tests pass".
    asks: /\b(?:all |every |each )?(?:of )?(?:the )?(?:unit )?tests? (?:must |should |all |cases? )*(?:pass(?:es|ing)?|succeeds?|(?:is|are) green)\b|\bpass(?:es|ing)? (?:all |every |its |the )*(?:unit )?tests?\b/i,
    look: ({ artifact, testRun }) => {
      if (!artifact) return undefined;
      if (!testRun?.ran || testRun.passed + testRun.failed === 0)
        return { holds: 'unproven', because: 'No test was run.' };
      return {
        holds: testRun.failed === 0,
        because: `${testRun.passed} of ${testRun.passed + testRun.failed} tests pass.`,
      };
    },
  },
  {
    asks: /\b(?:at least|a minimum of|minimum(?: of)?|no fewer than|not less than) (\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?:(?:unit|automated|different) )?(?:tests?(?: cases?| functions?)?|assertions?)\b/i,
    look: code(({ code: source, tests }, [asked, amount = '']) => {
      const all = `${tests}\n${source}`;
      const wanted = /assertion/i.test(asked) ? ASSERTIONS : TEST_CASES;
      const there = all.match(wanted)?.length ?? 0;
      const least = numberOf(amount);
      // One that is run over a table of cases counts for as many as it has.
      if (there < least && /parametrize|\.each\b|subTest|\bfor\b/.test(all)) return undefined;
      return { holds: there >= least, because: `There are ${there}.` };
    }),
  },
  {
    asks: /\b(?:unit|automated)[- ]tests?(?: cases?)?\b|\btest (?:cases?|suite|functions?)\b|(?<=\b(?:include|includes|add|adds|write|with|has|have|provide|provides|contains?)\s)(?:\w+\s)?tests\b/i,
    absenceDecides: true,
    look: code(({ code: source, tests }) => {
      const all = `${tests}\n${source}`;
      const there = TEST_FUNCTION.test(all) && ASSERTION.test(all);
      return {
        holds: there,
        because: there ? 'Test functions with assertions are there.' : 'There is no test function with an assertion.',
      };
    }),
  },
  {
    asks: /\b(?:compil(?:es?|able)|runs|is runnable)(?: without (?:any )?errors?)?\b|\b(?:valid|correct|working)\s+(?:(?:syntax|code)|(?<language>python|javascript|typescript))(?:\s+(?:code|syntax))?\b|\bsyntactically (?:valid|correct)\b|\b(?:no|without|free of) syntax errors?\b|\bsyntax (?:is )?(?:valid|correct)\b/i,
    look: ({ artifact, testRun }, { groups }) => {
      if (!artifact) return undefined;
      const named = groups?.['language']?.toLowerCase();
      if (named !== undefined && named !== artifact.language) {
        return { holds: false, because: `The code is ${artifact.language}, not ${named}.` };
      }
      const broken = testRun?.failures.find((line) => /\b(?:SyntaxError|IndentationError|TabError)\b/.test(line));
      if (broken !== undefined) return { holds: false, because: `The interpreter refused it: ${broken.slice(0, 200)}` };
      if (testRun?.ran && testRun.passed > 0)
        return { holds: true, because: 'The interpreter loaded it and ran its tests.' };
      return { holds: 'unproven', because: 'The code was not run.' };
    },
  },
  {
    asks: /\brecurs(?:ion|ive|ively)\b/i,
    look: code(({ code: source, language }) => {
      if (definitionsIn(source, language).length === 0) return undefined;
      const holds = isRecursive(source, language);
      return {
        holds,
        because: holds ? 'A function calls itself.' : 'No function calls itself, directly or through others.',
      };
    }),
  },
  {
    asks: /\b(?:iterative(?:ly)?|iteration|(?:(?:a|any) )?(?:for |while )?loops?)\b/i,
    look: code(({ code: source, language }, [asked]) => {
      if (definitionsIn(source, language).length === 0) return undefined;
      const plain = blank(source, language);
      const keyword = /\b(?:for|while)\b/i.exec(asked)?.[0].toLowerCase() ?? 'for|while';
      const holds = new RegExp(`\\b(?:${keyword})\\b`).test(plain);
      // To repeat with map and reduce is a matter of opinion.
      if (!holds && /\biterat/i.test(asked)) return undefined;
      return { holds, because: holds ? 'The code holds a loop.' : 'The code holds no loop.' };
    }),
  },
  {
    asks: /\btry[-/ ](?:except|catch)(?: (?:blocks?|statements?))?\b/i,
    look: code(({ code: source, language }) => {
      const plain = blank(source, language);
      const holds = /\btry\b/.test(plain) && /\b(?:except|catch)\b/.test(plain);
      return { holds, because: holds ? 'The code catches errors.' : 'Nothing in the code catches errors.' };
    }),
  },
  {
    asks: /\berror[- ]handling\b|\bhandl(?:e|es|ing) (?:of )?(?:errors?|exceptions?|invalid inputs?)(?: gracefully)?\b|\binput validation\b|\bvalidat(?:e|es|ing) (?:the |its )?inputs?\b|\braises? (?:an? )?(?:errors?|exceptions?)\b/i,
    look: code(({ code: source, language }) => {
      const found = /\b(?:try|raise|throw|catch|except)\b/.exec(blank(source, language))?.[0];
      const because =
        found === undefined ? 'There is neither try nor raise or throw in the code.' : `The code uses "${found}".`;
      return { holds: found !== undefined, because };
    }),
  },
  {
    asks: /\b(?:(?:inline|code|explanatory) )?comments\b/i,
    look: code(({ code: source, language }) => {
      const mark = language === 'python' ? /(?:^|\s)#\s*\w/m : /\/\/\s*\w|\/\*/;
      const holds = mark.test(source);
      return { holds, because: holds ? 'The code holds comments.' : 'The code holds no comment.' };
    }),
  },
  {
    asks: new RegExp(`\\b(?:(?:written|implemented|code) )?in ${LANGUAGES}\\b|\\b(?:must )?use ${LANGUAGES}\\b`, 'i'),
    look: code(({ language }, [, first, second]) => ({
      holds: language === languageName(first ?? second ?? ''),
      because: `The code is ${language}.`,
    })),
  },
  ...SHAPE_CHECKS,
];
