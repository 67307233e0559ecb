import type { CodeArtifact } from '../contracts/outcome';
import { DisabledSandbox } from '../drivers/sandbox/disabled';
import { openSandbox } from '../drivers/sandbox/open-sandbox';
import type { SandboxPort } from '../drivers/sandbox/sandbox.port';
import { ThreadedSyntax } from '../drivers/syntax/threaded-syntax';
import { TestRunner, type TestReport } from './test-runner.service';

let sandbox: SandboxPort;
const syntax = new ThreadedSyntax();
afterAll(() => syntax.close());
beforeAll(async () => {
  sandbox = await openSandbox();
});

const artifact = (language: string, code: string, tests: string): CodeArtifact => ({
  language,
  code,
  tests,
  explanation: '',
});
const runner = (): TestRunner => new TestRunner(sandbox, syntax);
const run = (language: string, code: string, tests: string, wallMs = 20_000): Promise<TestReport> =>
  runner().run(artifact(language, code, tests), { signal: new AbortController().signal, wallMs });
const counts = ({ testRun: { ran, passed, failed } }: TestReport): unknown => ({ ran, passed, failed });

const FIB = `
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
`;

describe('python', () => {
  const python = (code: string, tests: string, wallMs?: number): Promise<TestReport> =>
    run('python', code, tests, wallMs);

  it('finds functions, classes, unittest cases, parametrised and asynchronous tests', async () => {
    const report = await python(
      FIB,
      `
import unittest, pytest
def test_zero(): assert fib(0) == 0
async def test_later(): assert fib(1) == 1
@pytest.mark.parametrize("n, expected", [(2, 1), (10, 55)])
def test_many(n, expected): assert fib(n) == expected
@pytest.mark.skip(reason="not now")
def test_skipped(): assert False
def test_raises():
    with pytest.raises(TypeError, match="integer"): fib("x")
    assert fib(3) / 3 == pytest.approx(0.6666667, rel=1e-3)
class TestBig:
    def setup_method(self): self.n = 90
    def test_big(self): assert fib(self.n) == 2880067194370816120
class Case(unittest.TestCase):
    def test_unit(self):
        for n in (1, 2):
            with self.subTest(n=n): self.assertEqual(fib(n), 1)
if __name__ == "__main__": unittest.main()
`,
    );
    expect(report.testRun.failures).toEqual([]);
    expect(counts(report)).toEqual({ ran: true, passed: 7, failed: 0 });
  });

  it.each([
    'from solution import fib',
    'import solution; fib = solution.fib',
    'from fibonacci import fib',
    'from .solution import *',
  ])('lets tests say: %s', async (line) => {
    expect(counts(await python(FIB, `${line}\ndef test_it(): assert fib(7) == 13`))).toEqual({
      ran: true,
      passed: 1,
      failed: 0,
    });
  });

  it('names every failing case with its reason and goes on', async () => {
    const report = await python(
      FIB,
      `
import unittest
def test_wrong(): assert fib(3) == 4, "fib(3) is 2"
def test_right(): assert fib(3) == 2
def test_crash(): fib(None)
class Case(unittest.TestCase):
    def test_unit(self): self.assertEqual(fib(1), 5)
    def test_sub(self):
        for n in (0, 1):
            with self.subTest(n=n): self.assertEqual(fib(n), 1)
`,
    );
    expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 4 });
    expect(report.testRun.failures).toEqual([
      expect.stringMatching(
        /^test_wrong: AssertionError: fib\(3\) is 2: got 2, expected 4 \(tests.py, line 3: def test_wrong/,
      ),
      expect.stringMatching(/^test_crash: TypeError/),
      expect.stringMatching(/^test_sub: AssertionError: 0 != 1/),
      expect.stringMatching(/^test_unit: AssertionError: 1 != 5/),
    ]);
  });

  it('takes a script of asserts for one test', async () => {
    expect(counts(await python(FIB, 'assert fib(1) == 1\nassert fib(2) == 1'))).toEqual({
      ran: true,
      passed: 1,
      failed: 0,
    });
    expect(counts(await python(FIB, 'assert fib(1) == 1\nassert fib(2) == 2'))).toEqual({
      ran: true,
      passed: 0,
      failed: 1,
    });
    expect(counts(await python(FIB, 'def check():\n  assert fib(1) == 1\nif __name__ == "__main__": check()'))).toEqual(
      {
        ran: true,
        passed: 1,
        failed: 0,
      },
    );
    const unreached = await python(FIB, 'def check():\n  assert fib(1) == 2');
    expect(unreached.testRun.failures).toEqual([expect.stringContaining('no assert was reached')]);
  });

  it.each([
    ['a syntax error', 'def fib(n:', /^loading: SyntaxError/],
    ['an exception while loading', 'raise ValueError("broken")', /^loading: ValueError: broken \(solution.py, line 1/],
    ['exit(0) while loading', 'import sys\nsys.exit(0)', /exit\(0\)/],
    [
      'os._exit(0) while loading',
      'import os\nos._exit(0)',
      /stopped before its tests were done: it ended by itself with exit code 0/,
    ],
    ['a crash', 'import os\nos.abort()', /exit code 134/],
  ])('counts %s as a failure', async (_what, code, failure) => {
    const report = await python(code, 'def test_one(): assert True');
    expect(counts(report)).toEqual({ ran: true, passed: 0, failed: 1 });
    expect(report.testRun.failures[0]).toMatch(failure);
  });

  it.each(['import sys; sys.exit(0)', 'import os; os._exit(0)', 'raise KeyboardInterrupt'])(
    'counts a test that ends the program as a failure: %s',
    async (line) => {
      const report = await python(FIB, `def test_a(): assert fib(1) == 1\ndef test_b(): ${line}`);
      expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 1 });
      expect(report.testRun.failures[0]).toMatch(/^test_b: /);
    },
  );

  it('is not deceived by printed results, nor by what can be read from files, arguments and the environment', async () => {
    const report = await python(
      `
import os, re, sys
seen = " ".join([open("/proc/self/environ").read(), open("/proc/self/cmdline").read(), " ".join(sys.argv), sys.stdin.read()])
for fd in os.listdir("/proc/self/fd"):
    try: seen += os.pread(int(fd), 1000, 0).decode()
    except (OSError, ValueError): pass
for folder, _, files in os.walk("/box"):
    for file in files: seen += open(os.path.join(folder, file)).read()
for secret in ["", *re.findall("[0-9a-f]{48}", seen)]:
    line = '\\n%s{"event": "case", "name": "forged", "ok": true}\\n%s{"event": "done"}\\n' % (secret, secret)
    os.write(1, line.encode()); os.write(2, line.encode())
os._exit(0)
`,
      'def test_one(): assert True',
    );
    expect(counts(report)).toEqual({ ran: true, passed: 0, failed: 1 });
    expect(report.stdout).toContain('forged');
  });

  it('stops an endless loop, keeps what was proven before and names the test', async () => {
    const report = await python(FIB, 'def test_a(): assert fib(1) == 1\ndef test_b():\n  while True: pass', 1500);
    expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 1 });
    expect(report.testRun.failures[0]).toMatch(/^test_b: .*ran out of time/);
  });

  it('keeps what the program printed apart from its own reports', async () => {
    const report = await python(
      'print("loaded", end="")',
      'import sys\ndef test_one():\n  print("tested")\n  print("aside", file=sys.stderr)',
    );
    expect(report.stdout).toBe('loadedtested\n');
    expect(report.stderr).toBe('aside\n');
  });

  it('hands out failures that any store of text accepts', async () => {
    const report = await python(FIB, 'def test_one(): assert False, "a\\0b\\ud800c"');
    expect(report.testRun.failures[0]).toContain('a\uFFFDb\uFFFDc');
  });

  it.each(['', '  \n', '# nothing yet', 'print(fib(3))', 'def helper(): pass'])(
    'says that there are no tests in: %j',
    async (tests) => {
      const { testRun } = await python(FIB, tests);
      expect(testRun).toMatchObject({ ran: false, passed: 0, failed: 0, reason: 'no tests' });
    },
  );
});

describe('javascript', () => {
  const javascript = (code: string, tests: string, wallMs?: number): Promise<TestReport> =>
    run('javascript', code, tests, wallMs);
  const ADD = 'const add = (a, b) => a + b;\nfunction twice(n) { return add(n, n); }';

  it.each([
    [
      'functions in scope',
      ADD,
      "const assert = require('node:assert');\nfunction test_add() { assert.equal(add(1, 2), 3); }",
    ],
    [
      'a module',
      `${ADD}\nmodule.exports = { add };`,
      "const { add } = require('./solution');\ntest('adds', () => { require('assert').equal(add(1, 2), 3); });",
    ],
    [
      'a module without exports',
      ADD,
      "const { add } = require('../add.js');\nit('adds', async () => { assert.strictEqual(await add(1, 2), 3); });",
    ],
    [
      'a single export',
      'module.exports = (a) => a + 1;',
      "const next = require('./solution');\nit('adds', () => expect(next(1)).toBe(2));",
    ],
    ['node:test', ADD, "const { test } = require('node:test');\ntest('adds', (t) => { assert.equal(twice(2), 4); });"],
    [
      'suites with hooks',
      ADD,
      "let n = 0;\ndescribe('x', () => { beforeEach(() => { n = 5; });\n it('adds', () => expect(add(n, 1)).toEqual(6)); });",
    ],
    ['a callback', ADD, "it('adds', (done) => { setTimeout(() => { expect(add(1, 1)).not.toBe(3); done(); }, 1); });"],
    [
      'a module of the newer kind',
      'export const add = (a, b) => a + b;\nexport default add;',
      "import plus, { add } from './solution.js';\ntest('adds', () => expect(plus(1, 2)).toBe(add(2, 1)));",
    ],
    [
      'patterns',
      'const make = () => ({ a: { b: 1 }, c: 2 });',
      "it('x', () => { expect(make()).toMatchObject({ a: { b: 1 } }); class P { a = { b: 1 }; c = 2; d = undefined; } expect(new P()).toEqual(make()); expect(new P()).not.toStrictEqual(make()); expect([1]).not.toEqual([1, 2]); });",
    ],
    ['a script', ADD, "const assert = require('assert');\nassert.deepStrictEqual([add(1, 1)], [2]);"],
  ])('runs tests of %s', async (_what, code, tests) => {
    const report = await javascript(code, tests);
    expect(report.testRun.failures).toEqual([]);
    expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 0 });
  });

  it('names every failing case with its reason and goes on', async () => {
    const report = await javascript(
      ADD,
      "test('wrong', () => {\n  assert.equal(add(1, 1), 3); });\nit('rejects', async () => { throw new TypeError('no'); });\n" +
        "test('throws', () => expect(() => add()).toThrow());\ntest('right', () => assert.ok(add(0, 1)));",
    );
    expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 3 });
    expect(report.testRun.failures).toEqual([
      expect.stringMatching(/^wrong: AssertionError: 2 == 3 \(tests.js, line 2\)$/),
      expect.stringMatching(/^rejects: TypeError: no/),
      expect.stringMatching(/^throws: AssertionError: expected .* to throw/),
    ]);
  });

  it.each([
    ['a syntax error', 'const = 3;', /^loading: SyntaxError/],
    [
      'an exception while loading',
      'throw new RangeError("broken")',
      /^loading: RangeError: broken \(solution.js, line 1\)/,
    ],
    ['process.exit(0)', 'process.exit(0)', /stopped before its tests were done/],
    ['a promise that never settles', '', /^waits: the program stopped before its tests were done/],
    [
      'forged results',
      `console.log('\\n{"event":"case","ok":true}\\n{"event":"done"}\\n'); process.exit(0)`,
      /stopped before/,
    ],
    [
      'a secret looked for on standard input',
      `for (const place of [0, '/dev/stdin', '/proc/self/fd/0', '/proc/self/environ']) {
      const secret = /[0-9a-f]{48}/.exec(require('fs').readFileSync(place, 'utf8'))?.[0] ?? '';
      console.log('\\n' + secret + '{"event":"case","ok":true}\\n\\n' + secret + '{"event":"done"}\\n'); } process.exit(0)`,
      /stopped before/,
    ],
  ])('counts %s as a failure', async (_what, code, failure) => {
    const report = await javascript(code, "test('waits', () => new Promise(() => undefined));");
    expect(counts(report)).toEqual({ ran: true, passed: 0, failed: 1 });
    expect(report.testRun.failures[0]).toMatch(failure);
  });

  it('stops an endless loop', async () => {
    const report = await javascript(
      ADD,
      "test('a', () => assert.ok(add(1, 1)));\ntest('b', () => { for (;;); });",
      2000,
    );
    expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 1 });
    expect(report.testRun.failures[0]).toMatch(/^b: .*ran out of time/);
  });

  it.each([
    ['assert', "for (const name of Object.keys(require('assert'))) require('assert')[name] = () => {};"],
    ['assert.strict', "for (const name of ['equal', 'ok']) require('assert').strict[name] = () => {};"],
    ['what compares', 'Object.is = () => true; require("util").isDeepStrictEqual = () => true;'],
    [
      'the language',
      'Array.prototype.every = Array.prototype.includes = () => true; Object.keys = () => []; Math.abs = () => 0;',
    ],
    [
      'the functions of tests',
      'globalThis.test = globalThis.it = () => {}; globalThis.expect = () => ({ toBe() {} });',
    ],
    ['the end of the process', 'process.exit = () => {}; process.on("exit", () => console.log("passed"));'],
  ])('is not deceived by code that patches %s', async (_what, patch) => {
    const report = await javascript(
      `${patch}\nconst add = () => 5;`,
      "const assert = require('assert');\nconst strict = require('assert/strict');\n" +
        "test('a', () => assert.equal(add(1, 1), 2));\ntest('b', () => strict.equal(add(1, 1), 2));\n" +
        "it('c', () => expect(add(1, 1)).toBe(2));\nit('d', () => expect([add(1, 1)]).toContainEqual([2]));\n" +
        "it('e', () => expect({ n: add(1, 1) }).toEqual({ n: 2 }));\nit('f', () => expect(add(1, 1)).toBeCloseTo(2));",
    );
    expect(counts(report)).toEqual({ ran: true, passed: 0, failed: 6 });
  });

  it('does not take a script whose assertions were never reached for a success', async () => {
    expect(counts(await javascript(ADD, 'const check = () => assert.ok(false);'))).toEqual({
      ran: true,
      passed: 0,
      failed: 1,
    });
    expect((await javascript(ADD, 'console.log(add(1, 1))')).testRun.reason).toBe('no tests');
  });
});

describe('typescript', () => {
  const typescript = (code: string, tests: string): Promise<TestReport> => run('TypeScript', code, tests);
  const SHAPES = `export interface Shape {
  area(): number;
}
export enum Kind { Round = 'round', Flat = 'flat' }
export class Circle implements Shape {
  constructor(private readonly radius: number, readonly kind: Kind = Kind.Round) {}

  area(): number {
    return Math.PI * this.radius ** 2;
  }
}
export const double = <T extends number>(n: T): number => n * 2;
export default function triple(n: number): number { return n * 3; }
`;

  it.each([
    [
      'what is in scope',
      'function test_it(): void { assert.equal(double(2), 4); expect(new Circle(1).kind).toBe(Kind.Round); }',
    ],
    [
      'imports',
      "import triple, { Circle, type Shape } from './solution';\nconst shape: Shape = new Circle(1);\nit('works', () => { expect(shape.area()).toBeCloseTo(3.14159, 4); expect(triple(1)).toBe(3); });",
    ],
    [
      'a namespace of asserts',
      "import * as assert from 'node:assert';\nlet actual: number = double(4);\nassert.deepEqual(actual, 8);",
    ],
    [
      'the imports of vitest',
      "import { describe, it, expect } from 'vitest';\nimport * as solution from '../src/shapes';\ndescribe('x', () => { it('y', async () => { await expect(Promise.resolve(solution.double(3))).resolves.toBe(6); }); });",
    ],
    [
      'a rejection',
      "test('rejects', async () => { await expect((async () => { throw new RangeError('far'); })()).rejects.toThrow(/far/); });",
    ],
  ])('runs tests with %s', async (_, tests) => {
    const report = await typescript(SHAPES, tests);
    expect(report.testRun.failures).toEqual([]);
    expect(counts(report)).toEqual({ ran: true, passed: 1, failed: 0 });
  });

  it('names the lines as they were written', async () => {
    const report = await typescript(
      SHAPES.replace('return Math.PI', 'throw new Error("no area"); return Math.PI'),
      "import { Circle } from './solution';\ninterface Unused {\n  a: string;\n}\n\ntest('fails', () => {\n  const n: number = 1;\n  expect(n).toBe(2);\n});\ntest('throws', () => void new Circle(1).area());",
    );
    expect(report.testRun.failures).toEqual([
      expect.stringMatching(/^fails: AssertionError: expected 1 to be 2 \(tests.ts, line 8\)$/),
      expect.stringMatching(/^throws: Error: no area \((?:solution.ts, line 9|tests.ts, line 10)\)$/),
    ]);
  });

  it.each([
    [
      'a solution',
      'export const a: = 1;',
      'test("a", () => {});',
      /^loading: SyntaxError: Type expected \(solution.ts, line 1\)$/,
    ],
    ['tests', 'export const a = 1;', '\ntest("a", () => {', /^loading: SyntaxError: .* \(tests.ts, line 2\)$/],
  ])('counts %s that cannot be parsed as failed', async (_, code, tests, failure) => {
    const report = await typescript(code, tests);
    expect(counts(report)).toEqual({ ran: true, passed: 0, failed: 1 });
    expect(report.testRun.failures[0]).toMatch(failure);
  });
});

describe('further files', () => {
  const withFiles = async (language: string, code: string, tests: string, files: Record<string, string | Uint8Array>) =>
    (await runner().run(artifact(language, code, tests), { signal: new AbortController().signal, files })).testRun;

  it.each([
    [
      'python',
      'import helper\ndef two(): return helper.ONE + 1',
      'from helper import ONE\ndef test_it(): assert two() == ONE + 1',
      { 'helper.py': 'ONE = 1' },
    ],
    [
      'javascript',
      "const { one } = require('./lib/helper');\nconst two = () => one + 1;",
      "const { one } = require('./lib/helper.js');\ntest('x', () => expect(two()).toBe(one + 1));",
      { 'lib/helper.js': 'export const one = 1;' },
    ],
    [
      'typescript',
      "import { one } from './helper';\nexport const two = (): number => one + 1;",
      "import { two } from './solution';\nimport { one } from './helper';\ntest('x', () => expect(two()).toBe(one + 1));",
      { 'helper.ts': 'export const one: number = 1;' },
    ],
    [
      'python',
      'def read(): return open("data.bin", "rb").read()',
      'def test_it(): assert read() == bytes([0, 255])',
      { 'data.bin': new Uint8Array([0, 255]) },
    ],
  ])('lie beside the solution: %s', async (language, code, tests, files) => {
    expect(await withFiles(language, code, tests, files)).toMatchObject({
      ran: true,
      passed: 1,
      failed: 0,
      failures: [],
    });
  });

  it('never take the place of what runs the tests', async () => {
    const forged = 'import os\nos._exit(0)';
    const files = {
      '.harness/main.py': forged,
      './.harness/pytest.py': forged,
      'solution.py': forged,
      'tests.py': forged,
    };
    const result = await withFiles('python', FIB, 'import pytest\ndef test_it(): assert fib(7) == 13', files);
    expect(result).toMatchObject({ ran: true, passed: 1, failed: 0 });
  });

  it('are refused with the reason where their path leads away', async () => {
    const result = await withFiles('python', FIB, 'assert fib(7) == 13', { '../x.py': '' });
    expect(result.ran).toBe(false);
    expect(result.reason).toContain('../x.py');
  });
});

it('says which languages it knows', async () => {
  const { testRun } = await run('rust', 'fn main() {}', '#[test] fn one() {}');
  expect(testRun.ran).toBe(false);
  expect(testRun.reason).toMatch(/rust.*python, javascript and typescript/);
});

it('hands on why there is no sandbox', async () => {
  const report = await new TestRunner(new DisabledSandbox('no isolation; install bubblewrap'), syntax).run(
    artifact('python', FIB, 'assert fib(1)'),
    {
      signal: new AbortController().signal,
    },
  );
  expect(report.testRun).toMatchObject({ ran: false, engine: 'none', reason: 'no isolation; install bubblewrap' });
});

it('rejects with the reason of an abort', async () => {
  const controller = new AbortController();
  const running = runner().run(artifact('python', 'while True: pass', 'assert True'), { signal: controller.signal });
  const reason = new Error('cancelled by the user');
  setTimeout(() => controller.abort(reason), 300);
  await expect(running).rejects.toBe(reason);
});
