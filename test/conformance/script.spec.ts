import { QuickJsScripts } from '../../src/drivers/script/quickjs-scripts';
import type { Script, ScriptOutcome } from '../../src/drivers/script/script.port';
import type { JsonValue } from '../../src/contracts/json';

const scripts = new QuickJsScripts();
afterAll(() => scripts.close());

/** Patient: a busy machine is no reason for another outcome. */
const run = (source: string, more: Partial<Script> = {}): Promise<ScriptOutcome> =>
  scripts.run({ source, ...more, limits: { wallMs: 20_000, ...more.limits } });

/** Reads everything that an earlier program could have left behind, and whatever is not JavaScript itself. */
const LOOK_AROUND = `
  const own = Object.getOwnPropertyNames(globalThis).filter((name) => /^(require|process|module|exports|global|window|fetch|std|os|bjson|Worker|WebAssembly|setTimeout|scriptArgs|print|loadScript|__.*)$/.test(name));
  const { polluted } = {};
  return { own, polluted: polluted ?? null, parsed: JSON.parse('[1]'), sum: [1, 2].map((x) => x + 1), left: globalThis.left ?? null };`;
const CLEAN = { own: [], polluted: null, parsed: [1], sum: [2, 3], left: null };

describe('a short program', () => {
  it.each<[string, string, JsonValue, JsonValue]>([
    ['computes', 'return input.a + input.b;', { a: 1, b: 2 }, 3],
    ['waits for promises', 'return await Promise.all(input.map(async (x) => x * 2));', [1, 2], [2, 4]],
    ['returns nothing', '', {}, null],
    ['gets null without an input', 'return input === null;', null, true],
    ['ends with a comment', 'return 1; // one', null, 1],
    ['has strings of every kind', 'return input + "\\u2028\\0";', 'é😀\ud800', 'é😀\ud800\u2028\0'],
    ['declares what it likes', 'let own = 5; function f() { return own; } var input = 4; return f() + input;', 1, 9],
    [
      'leaves out what JSON does',
      'return { a: undefined, b: () => 1, c: NaN, d: new Date(0) };',
      null,
      { c: null, d: '1970-01-01T00:00:00.000Z' },
    ],
  ])('%s', async (_, source, input, value) => {
    expect(await run(source, { input })).toMatchObject({ value, logs: '', truncated: false });
  });

  it('logs', async () => {
    const source =
      'console.log("a", 1, { b: [null] }); console.error(undefined); console.warn(() => 1, 10n); return 1;';
    expect(await run(source)).toMatchObject({ value: 1, logs: 'a 1 {"b":[null]}\nundefined\n() => 1 10\n' });
  });

  it.each([
    ['throws', 'throw new RangeError("too   far\\nout")', 'RangeError: too far out'],
    ['throws what is no error', 'throw 42', '42'],
    ['throws nothing', 'throw null', 'it threw'],
    ['cannot be parsed', 'return (;', 'SyntaxError'],
    ['returns a function', 'return () => 1', 'it returned a function, which JSON cannot express'],
    ['returns a symbol', 'return Symbol()', 'it returned a symbol, which JSON cannot express'],
    ['returns a big integer', 'return 1n', 'BigInt'],
    ['returns a circle', 'const a = {}; a.a = a; return a', 'circular'],
    ['waits for what never comes', 'await new Promise(() => 0)', 'there are no timers'],
    [
      'returns what is nested deeply',
      'let a = []; for (let i = 0; i < 600; i++) a = [a]; return a',
      'nested more than 500 levels',
    ],
  ])('fails with the reason when it %s', async (_, source, error) => {
    const outcome = await run(source);
    expect(outcome).toEqual({
      error: expect.stringContaining(error),
      logs: '',
      truncated: false,
      durationMs: expect.any(Number),
    });
  });

  it('is not run on an input that nests too deeply, which is the caller’s fault', async () => {
    let input: JsonValue = [];
    for (let depth = 0; depth < 20_000; depth++) input = [input];
    await expect(run('return 1', { input })).rejects.toMatchObject({ code: 'validation_error' });
  });

  it('ends with the signal, also one that would never end', async () => {
    const controller = new AbortController();
    const running = run('for (;;);', { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 200);
    await expect(running).rejects.toThrow('enough');
    expect(await run('return 1')).toMatchObject({ value: 1 });
  });
});

describe('limits', () => {
  it.each([
    ['a loop', 'for (;;);'],
    ['a loop that catches', 'for (;;) try { for (;;); } catch {}'],
    ['a loop in finally', 'try { for (;;); } finally { for (;;); }'],
    ['a regular expression', 'return /^(a+)+$/.test("a".repeat(60) + "b")'],
    ['a comparison', '[3, 1, 2].sort(() => { for (;;); })'],
    ['a generator', 'function* g() { for (;;) yield 1; } for (const x of g());'],
    ['a chain of promises', 'const f = () => Promise.resolve().then(f); await f()'],
    ['a getter of the answer', 'return { get a() { for (;;); } }'],
    ['a toJSON of the answer', 'return { toJSON() { for (;;); } }'],
    ['the words of what it throws', 'throw { get message() { for (;;); } }'],
    ['a proxy', 'return new Proxy({}, { ownKeys() { for (;;); } })'],
  ])('of time: %s', async (_, source) => {
    expect(await run(source, { limits: { wallMs: 150 } })).toMatchObject({
      limit: 'wall',
      error: 'it ran out of time',
    });
  });

  it.each([
    ['strings', 'const a = []; for (let i = 0; ; i++) a.push(String(i).repeat(10_000))'],
    ['typed arrays', 'const a = []; for (;;) a.push(new Uint8Array(1_000_000).fill(1))'],
    ['objects', 'const a = []; for (;;) a.push({ a: [a.length] })'],
    ['one buffer', 'return new ArrayBuffer(500_000_000).byteLength'],
  ])('of memory: %s', async (_, source) => {
    expect(await run(source, { limits: { memoryMb: 16 } })).toMatchObject({ limit: 'memory' });
  });

  it('of the stack', async () => {
    expect(await run('const f = () => f() + 1; return f()')).toMatchObject({ error: expect.stringMatching(/stack/) });
    expect(await run(`return ${'['.repeat(50_000)}${']'.repeat(50_000)}`)).toMatchObject({ error: expect.any(String) });
  });

  it('of output: logs are cut, a flood ends, an answer that is too large is refused', async () => {
    const limits = { outputBytes: 1_000 };
    expect(await run('for (let i = 0; i < 30; i++) console.log("é".repeat(50)); return 1', { limits })).toMatchObject({
      value: 1,
      truncated: true,
      logs: expect.stringMatching(/^(é{50}\n){9}é{45}$/),
    });
    const flood = await run('for (;;) console.log("x".repeat(1_000))', { limits });
    expect(flood).toMatchObject({ limit: 'output', truncated: true });
    expect(flood.logs).toHaveLength(1_000);
    expect(await run('return "x".repeat(2_000)', { limits })).toMatchObject({ limit: 'output' });
  });
});

describe('what gets out', () => {
  it.each([
    [
      'the constructor of a constructor',
      'return [].constructor.constructor("return typeof process + typeof require")()',
      'undefinedundefined',
    ],
    ['the constructor of the console', 'return console.log.constructor("return typeof process")()', 'undefined'],
    ['the caller of the console', 'try { return console.log.caller } catch { return "no" }', 'no'],
    ['an indirect eval', 'return (0, eval)("typeof process")', 'undefined'],
    ['this', 'return (function () { return Object.keys(this).join() })()', ''],
    ['a stack with the host’s files', 'return /worker|node_modules|\\/src\\//.test(new Error().stack)', false],
    ['WebAssembly', 'return typeof WebAssembly', 'undefined'],
    ['timers', 'return typeof setTimeout + typeof setInterval', 'undefinedundefined'],
    [
      'a wait on shared memory',
      'try { return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1e9) } catch (error) { return "no" }',
      'no',
    ],
  ])('%s', async (_, source, value) => {
    expect(await run(source)).toMatchObject({ value });
  });

  it.each([
    ['a module', 'return (await import("fs")).readFileSync("/etc/passwd", "utf8")'],
    ['a module of QuickJS itself', 'return (await import("std")).getenv("PATH")'],
    ['a static import', 'import fs from "fs"'],
    ['closing its function', '}); globalThis.left = 1; (async function () {'],
    ['closing its function twice', '}}); globalThis.left = 1; (async function () {{'],
    ['closing its function behind a comment', '*/ }); globalThis.left = 1; (async function () { /*'],
    ['an HTML comment', '--> }); globalThis.left = 1; (async function () {'],
  ])('not %s', async (_, source) => {
    expect(await run(source)).toMatchObject({ error: expect.any(String) });
    expect(await run(LOOK_AROUND)).toMatchObject({ value: CLEAN });
  });

  it.each([
    [
      'prototypes',
      'Object.prototype.polluted = 1; Array.prototype.map = () => "bad"; Promise.prototype.then = undefined; return {}',
    ],
    ['JSON', 'JSON.parse = JSON.stringify = () => "bad"; JSON = null; return 1'],
    ['the globals', 'globalThis.left = 1; undefined_ = 1; delete globalThis.Object; return 1'],
    ['the console', 'console = { log: 1 }; return 1'],
    ['a species', 'Object.defineProperty(Array, Symbol.species, { get() { return null } }); return [1].concat([2])'],
    ['an iterator', 'Array.prototype[Symbol.iterator] = function* () { yield "bad" }; return [...[1]]'],
    ['a toJSON of everything', 'Object.prototype.toJSON = () => ({ polluted: true }); return { a: 1 }'],
    [
      'a getter on errors',
      'Object.defineProperty(Error.prototype, "message", { get() { throw 1 } }); throw new Error("x")',
    ],
    ['frozen builtins', 'Object.freeze(Object.prototype); Object.freeze(globalThis); return 1'],
  ])('nothing for the next program: %s', async (_, source) => {
    await run(source);
    expect(await run(LOOK_AROUND)).toMatchObject({ value: CLEAN });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('keys that mean something elsewhere are plain data, both ways', async () => {
    const input = JSON.parse(
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}',
    ) as JsonValue;
    const { value } = await run('return { input, polluted: ({}).polluted ?? null, own: Object.keys(input) }', {
      input,
    });
    expect(JSON.stringify(value)).toBe(JSON.stringify({ input, polluted: null, own: ['__proto__', 'constructor'] }));
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('no memory: after many bombs the process is about as large as after the first ones', async () => {
    const bomb = 'const a = []; for (let i = 0; ; i++) a.push(String(i).repeat(10_000))';
    const bombs = async (count: number): Promise<number> => {
      for (let index = 0; index < count; index++) await run(bomb, { limits: { memoryMb: 16 } });
      for (let index = 0; index < 50; index++) await run('return 1');
      return process.memoryUsage().rss / 1024 / 1024;
    };
    const before = await bombs(4);
    // Each bomb that stayed would cost 16 MB.
    expect((await bombs(20)) - before).toBeLessThan(200);
  });
});
