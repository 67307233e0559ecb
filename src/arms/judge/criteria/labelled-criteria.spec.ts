import type { Subject } from './check';
import { decideCriterion } from './decide-criterion';

/** Every verdict given without a model has to be right; what is only nearly understood has to stay open. */
const code = (source: string, language = 'python', tests = ''): Subject => ({
  text: source,
  artifact: { code: source, language, tests, explanation: '' },
});
const text = (output: string): Subject => ({ text: output });
const state = (criterion: string, subject: Subject): string | undefined => decideCriterion(criterion, subject)?.state;

const ADD = 'def add(a: int, b: int) -> int:\n    return a + b\n';
const BARE = 'def add(a, b):\n    return a + b\n';
const LOOP = 'def total(items):\n    result = 0\n    for item in items:\n        result += item\n    return result\n';
const RECURSIVE = 'def fact(n):\n    return 1 if n < 2 else n * fact(n - 1)\n';
const SAFE = 'def read(path):\n    try:\n        return open(path).read()\n    except OSError:\n        return ""\n';
const REQUESTS = 'import os, requests\n\ndef get(url):\n    return requests.get(url).text\n';
const MATH = 'from math import sqrt\n\ndef root(n):\n    return sqrt(n)\n';
const GLOBAL = 'count = 0\n\ndef bump():\n    global count\n    count += 1\n';
const CLASS = 'class Stack:\n    def push(self, item):\n        self.items.append(item)\n';
const SQUARES = 'def squares(n):\n    return [i * i for i in range(n)]\n';
const THREE = 'def test_a():\n    assert 1\ndef test_b():\n    assert 1\ndef test_c():\n    assert 1\n';
const FETCH =
  "import axios from 'axios';\nexport async function load(url) {\n  console.log(url);\n  return axios.get(url);\n}\n";
const READ = "import { readFile } from 'node:fs/promises';\nexport const load = (path) => readFile(path);\n";

const RIGHT_AND_WRONG: readonly [criterion: string, right: Subject, wrong: Subject][] = [
  ['Add type hints', code(ADD), code(BARE)],
  ['Type hints for all parameters and return values', code(ADD), code(BARE)],
  ['No type hints', code(BARE), code(ADD)],
  ['Define a function called `add`', code(ADD), code(LOOP)],
  ['The function must be named total', code(LOOP), code(ADD)],
  ['Defines a class named Stack', code(CLASS), code(ADD)],
  ['Implements a function "fact"', code(RECURSIVE), code(ADD)],
  ['Takes two parameters', code(ADD), code(LOOP)],
  ['Accepts exactly 1 argument', code(LOOP), code(ADD)],
  ['Takes a parameter named items', code(LOOP), code(ADD)],
  ['Must not use loops', code(RECURSIVE), code(LOOP)],
  ['Use a for loop', code(LOOP), code(RECURSIVE)],
  ['Without while loops', code(LOOP), code('def f(n):\n    while n:\n        n -= 1\n')],
  ['Use recursion and no loops', code(RECURSIVE), code(LOOP)],
  ['Uses try/except', code(SAFE), code(ADD)],
  ['No try-except blocks', code(ADD), code(SAFE)],
  ['No external dependencies', code(MATH), code(REQUESTS)],
  ['Does not use third-party libraries', code(MATH), code(REQUESTS)],
  ['Uses only the standard library', code(MATH), code(REQUESTS)],
  ['Standard library only', code(ADD), code(REQUESTS)],
  ['Without external packages', code(READ, 'javascript'), code(FETCH, 'javascript')],
  ['Uses the math module', code(MATH), code(REQUESTS)],
  ['Must not use the `requests` library', code(MATH), code(REQUESTS)],
  ['No imports', code(ADD), code(MATH)],
  ['No global variables', code(ADD), code(GLOBAL)],
  ['Avoid globals', code(LOOP), code(GLOBAL)],
  ['Use a list comprehension', code(SQUARES), code(LOOP)],
  ['No print statements', code(ADD), code('def f():\n    print("x")\n')],
  ['No console.log', code(READ, 'javascript'), code(FETCH, 'javascript')],
  ['Uses an async function', code(FETCH, 'javascript'), code(READ, 'javascript')],
  ['Uses arrow functions', code(READ, 'javascript'), code(FETCH, 'javascript')],
  ['Avoid eval', code(ADD), code('def f(x):\n    return eval(x)\n')],
  ['At least 3 tests', code(ADD, 'python', THREE), code(ADD, 'python', 'def test_a():\n    assert 1\n')],
  ['Include at least two unit tests', code(ADD, 'python', THREE), code(ADD)],
  ['Written in Python', code(ADD), code(READ, 'javascript')],
  ['Between 2 and 4 words', text('one two three'), text('one two three four five')],
  ['3 words or fewer', text('one two'), text('one two three four')],
  ['2 sentences or more', text('One. Two.'), text('One.')],
  ['Must not exceed 10 characters', text('ten chars.'), text('more than ten')],
  ['At most two items', text('- a\n- b'), text('["a", "b", "c"]')],
  ['Exactly 3 bullet points', text('* a\n* b\n* c'), text('* a\n* b')],
  ['Starts with "Dear"', text('Dear Ada,'), text('Hello Ada,')],
  ['Must end with "Regards."', text('Bye. Regards.'), text('Bye.')],
  ['The output is a valid URL', text('https://example.com/a?b=c'), text('see example.com')],
  ['Must be an e-mail address', text('ada@example.com'), text('ada at example.com')],
  ['Output must be an ISO date', text('2024-02-29'), text('2023-02-29')],
  ['Must be an integer', text('-42'), text('4.2')],
  ['The answer is a number', text('1,234.5'), text('about 12')],
  ['Must be a UUID', text('123e4567-e89b-12d3-a456-426614174000'), text('123e4567')],
  ['Output is valid YAML', text('a: 1\nb: [2]'), text('a: [1\nb: }')],
  ['No emojis', text('Well done!'), text('Well done 🎉')],
  ['Use bullet points', text('Points:\n- one'), text('One point.')],
  ['No bullet points', text('One point.'), text('- one')],
  ['Include a code block', text('See\n```\nx\n```'), text('See x')],
  ['No exclamation marks', text('Fine.'), text('Fine!')],
  ['All lowercase', text('all small'), text('Not small')],
  ['In upper case only', text('LOUD 1'), text('Loud')],
  ['Does not mention "price"', text('It is cheap.'), text('The Price is low.')],
  ['Contains the word "summary"', text('In summary, yes.'), text('Yes.')],
];

const OPEN: readonly [criterion: string, subject: Subject][] = [
  ['Add type hints', code('def add(a: int, b):\n    return a + b\n')],
  ['Handles empty input', code(LOOP)],
  ['At most 5 words per line', text('one two')],
  ['Every sentence has at most 5 words', text('One two.')],
  ['At most 3 items', text('apples, pears and plums')],
  ['Starts with "dear"', text('Dear Ada')],
  ['Output is valid YAML', text('Just a sentence.')],
  ['The number of words is even', text('one two')],
  ['Uses a for loop over the sorted keys', code(LOOP)],
  ['No loops deeper than two levels', code(LOOP)],
  ['Iterative solution', code(BARE)],
  ['Takes two parameters', code('def f(a, b=1):\n    return a\n')],
  ['Takes two parameters', code(`${ADD}${LOOP}`)],
  ['No global variables', code('LIMIT = 3\n\ndef f():\n    return LIMIT\n')],
  ['At least 3 tests', code(ADD, 'python', '@pytest.mark.parametrize("a", [1, 2, 3])\ndef test_a(a):\n    assert a\n')],
  ['Returns a URL of the picture', text('https://example.com')],
  ['Is a number between 1 and 10', text('12')],
  ['Bullet points are optional', text('none')],
  ['Uses async code only where needed', code(FETCH, 'javascript')],
  ['No imports', code('use std::io;', 'rust')],
  ['Uses list comprehensions', code('x', 'ruby')],
  ['Is friendly', text('Hello!')],
  ['Mentions Paris', text('Paris is large.')],
];

it.each(RIGHT_AND_WRONG)('%s', (criterion, right, wrong) => {
  expect([state(criterion, right), state(criterion, wrong)]).toEqual(['passed', 'failed']);
});

it.each(OPEN)('leaves open: %s', (criterion, subject) => expect(state(criterion, subject)).toBeUndefined());
