import type { CodeArtifact } from '../../../contracts/outcome';

/** A call and what it has to return, both as they stand in a criterion. */
interface Example {
  criterion: string;
  call: string;
  value: string;
}

const CALL = '([A-Za-z_$][\\w$]*\\([^`]*?\\))';
/** `add(2, 3) returns 5`, `f(1) == 2`, `g("a") should return 'b'`, `>>> f(1)` with the value on the next line. */
const STATED = [
  new RegExp(
    `^\\s*(?:the call |calling )?\`?${CALL}\`?\\s*(?:(?:must|should|has to|will) )?(?:returns?|equals?|gives?|evaluates to|is|->|=>|={2,3})\\s*\`?(.+?)\`?\\s*\\.?\\s*$`,
    'i',
  ),
  new RegExp(`^\\s*>>>\\s*${CALL}\\s*\\n\\s*(\\S.*?)\\s*$`),
];

const NUMBER = '-?\\d+(?:\\.\\d+)?';
const STRING = '"(?:\\\\.|[^"\\\\])*"|\'(?:\\\\.|[^\'\\\\])*\'';
/** Equal to the last binary digit is more than anybody means. */
const FRACTION = /^-?\d+\.\d+$/;
/** Values written out, so that nothing of a criterion is ever run as a program but the call it names. */
const LITERAL = new RegExp(`^(?:${STRING}|${NUMBER}|true|false|null|none|undefined|[\\s,:()[\\]{}])+$`, 'i');

const exampleIn = (criterion: string): Example | undefined => {
  for (const pattern of STATED) {
    const [, call = '', value = ''] = pattern.exec(criterion) ?? [];
    const given = call.slice(call.indexOf('(') + 1, -1);
    if (call !== '' && (given.trim() === '' || LITERAL.test(given)) && LITERAL.test(value))
      return { criterion, call, value };
  }
  return undefined;
};

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  python: { true: 'True', false: 'False', null: 'None', none: 'None', undefined: 'None' },
  javascript: { true: 'true', false: 'false', null: 'null', none: 'null', undefined: 'undefined' },
};

/** The same value in the words of a language. */
const inLanguage = (text: string, language: string): string =>
  text.replace(new RegExp(`${STRING}|\\b(?:true|false|null|none|undefined)\\b`, 'gi'), (part) =>
    /^["']/.test(part) ? part : (WORDS[language]?.[part.toLowerCase()] ?? part),
  );

/** Tests made of the criteria that are examples. The test of each is named by its number. */
export interface ExampleTests {
  artifact: CodeArtifact;
  criteria: string[];
}

/** Nothing where no criterion is an example, or the language is not one whose tests are run. */
export const testsOfExamples = (criteria: readonly string[], artifact: CodeArtifact): ExampleTests | undefined => {
  const examples = criteria.map(exampleIn).filter((example) => example !== undefined);
  const language = artifact.language === 'typescript' ? 'javascript' : artifact.language;
  if (examples.length === 0 || !(language in WORDS)) return undefined;
  const tests = examples.map(({ call, value }, index) => {
    const [made, wanted] = [inLanguage(call, language), inLanguage(value, language)];
    const isFraction = FRACTION.test(wanted);
    if (language === 'python') {
      const holds = isFraction ? `abs(${made} - ${wanted}) <= 1e-9 * max(1, abs(${wanted}))` : `${made} == (${wanted})`;
      return `def test_example_${index}():\n    assert ${holds}\n`;
    }
    const check = isFraction
      ? `ok(Math.abs(${made} - ${wanted}) <= 1e-9 * Math.max(1, Math.abs(${wanted})))`
      : `deepStrictEqual(${made}, ${wanted})`;
    return `test('example_${index}', () => { require('node:assert').${check}; });\n`;
  });
  return { artifact: { ...artifact, tests: tests.join('\n') }, criteria: examples.map(({ criterion }) => criterion) };
};
