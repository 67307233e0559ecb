import { styleFaults } from './style-faults';
import { type StyleRules, styleRulesIn } from './style-rules';

describe('styleRulesIn', () => {
  it.each<[string, string, StyleRules]>([
    ['Follow the style guide: pep8', 'python', { maxLine: 79, indent: 4, naming: 'snake_case' }],
    ['PEP 8', 'go', {}],
    ['Airbnb style guide', 'typescript', { maxLine: 100, indent: 2, quotes: 'single', naming: 'camelCase' }],
    ['Formatted by gofmt', 'go', { indent: 'tab' }],
    ['Lines of at most 100 characters', 'python', { maxLine: 100 }],
    ['Maximum line length: 120', 'python', { maxLine: 120 }],
    ['No line longer than 72 columns', 'python', {}],
    ['Keep lines no longer than 72 columns', 'python', { maxLine: 72 }],
    ['Use 2-space indentation and single quotes', 'javascript', { indent: 2, quotes: 'single' }],
    ['Indent with tabs', 'javascript', { indent: 'tab' }],
    ['Do not indent with tabs', 'javascript', {}],
    ['Function names in camelCase', 'python', { naming: 'camelCase' }],
    ['Keys of the JSON are in snake_case', 'python', {}],
    ['Convert names from camelCase to snake_case', 'python', {}],
    ['At most 3 lines of code', 'python', {}],
    ['Add unit tests', 'python', {}],
  ])('%s (%s) → %j', (constraint, language, rules) => {
    expect(styleRulesIn([constraint], language)).toEqual(rules);
  });

  it('lets a single rule win over a guide', () => {
    expect(styleRulesIn(['Line length 99', 'Follow PEP 8'], 'python')).toMatchObject({ maxLine: 99, indent: 4 });
  });
});

describe('styleFaults', () => {
  const python = 'def add(a, b):\n    """It\'s "it"."""\n    if a:\n        return b\n    return {\n      "a": a}\n';

  it.each<[string, string, string, StyleRules, string[]]>([
    ['a long line', 'python', `x = '${'y'.repeat(80)}'`, { maxLine: 79 }, ['at most 79 characters: line 1 has 86']],
    ['an address', 'python', `# https://example.org/${'y'.repeat(80)}`, { maxLine: 79 }, []],
    ['four spaces', 'python', python, { indent: 4 }, []],
    ['four spaces where two are asked for', 'python', python, { indent: 2 }, ['by 2 spaces: line 3, line 4']],
    ['tabs in Go', 'go', 'func f() {\n\treturn\n}', { indent: 'tab' }, []],
    ['spaces in Go', 'go', 'func f() {\n  return\n}', { indent: 'tab' }, ['by a tab: line 2']],
    ['an empty block', 'javascript', 'function f() {\n}', { indent: 2 }, []],
    ['double quotes', 'javascript', 'const a = "x"; // "y"\nconst b = "it\'s";', { quotes: 'single' }, ['line 1']],
    ['single quotes', 'python', 'a = \'x\'\nb = """\'"""', { quotes: 'double' }, ['line 1']],
    ['a rune', 'go', "r := 'x'", { quotes: 'double' }, []],
    [
      'camel case',
      'python',
      'def addAll(): pass\nclass Sum: pass\ndef _ok(): pass',
      { naming: 'snake_case' },
      ['addAll'],
    ],
    [
      'snake case',
      'javascript',
      'const max_size = 1; const MAX_SIZE = 2; const ok = 3;',
      { naming: 'camelCase' },
      ['max_size'],
    ],
    ['names in a string', 'javascript', "const ok = 'const not_ok = 1';", { naming: 'camelCase' }, []],
  ])('%s', (_, language, code, rules, expected) => {
    const faults = styleFaults(code, language, rules);
    expect(faults).toHaveLength(expected.length);
    expected.forEach((part, at) => expect(faults[at]).toContain(part));
  });

  it('tells the first places and how many more there are', () => {
    expect(styleFaults('xxx\n'.repeat(9), 'python', { maxLine: 2 })).toEqual([
      'style: lines have at most 2 characters: line 1 has 3 characters, line 2 has 3 characters, line 3 has 3 characters and 6 more',
    ]);
  });
});
