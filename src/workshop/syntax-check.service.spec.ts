import { DisabledSandbox } from '../drivers/sandbox/disabled';
import { openSandbox } from '../drivers/sandbox/open-sandbox';
import { ThreadedSyntax } from '../drivers/syntax/threaded-syntax';
import { SyntaxCheck } from './syntax-check.service';

const syntax = new ThreadedSyntax();
afterAll(() => syntax.close());
const signal = new AbortController().signal;

describe('with a sandbox', () => {
  let checker: SyntaxCheck;
  beforeAll(async () => void (checker = new SyntaxCheck(await openSandbox(), syntax)));

  it.each([
    ['python', 'x = 1\nprint(f"{x}")\n'],
    ['Py', 'while True:\n    pass\n'],
    ['ts', 'const a: number = 1;'],
    ['Golang', 'package main\n'],
    ['JSON', '{}'],
  ])('accepts %s: %j', async (language, source) => {
    expect(await checker.check(source, language, signal)).toEqual({ ok: true });
  });

  it("knows what Python's own parser knows", async () => {
    expect(await checker.check('x = 1\nreturn x\n', 'python', signal)).toMatchObject({
      fault: { message: "'return' outside function", line: 2 },
    });
    expect(await checker.check('print "a"', 'python', signal)).toHaveProperty('fault');
    expect(await checker.check('a\0b', 'python', signal)).toHaveProperty('fault');
  });

  it.each(['('.repeat(100_000), `x = ${'-'.repeat(200_000)}1`, 'x'.repeat(3_000_000)])(
    'outlives %#',
    async (source) => {
      expect(Object.keys(await checker.check(source, 'python', signal))).toHaveLength(1);
      expect(await checker.check('x = 1', 'python', signal)).toEqual({ ok: true });
    },
  );

  it('rejects with the reason of an abort', async () => {
    await expect(checker.check('x = 1', 'python', AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('without a sandbox', () => {
  const checker = new SyntaxCheck(new DisabledSandbox('no isolation; install bubblewrap'), syntax);

  it('goes by the grammar of Python', async () => {
    expect(await checker.check('def f(x):\n    return x\n', 'python', signal)).toEqual({ ok: true });
    expect(await checker.check('def f(x:\n    return x\n', 'python', signal)).toMatchObject({ fault: { line: 1 } });
  });

  it('says why nobody could tell', async () => {
    expect(await checker.check('x'.repeat(3_000_000), 'python', signal)).toEqual({
      unchecked: 'no isolation; install bubblewrap',
    });
  });
});
