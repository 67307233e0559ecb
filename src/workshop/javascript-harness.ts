/**
 * Runs the tests in `tests.js` against `solution.js`, both CommonJS. Protocol as in the Python harness.
 *
 * The tests run in a function of their own inside the scope of the solution, so that its names are visible and may be declared
 * again. Tests are what `test`, `it` and `describe` register (also as `node:test`), `test*` functions, or, when there is none
 * of these, the script itself, which passes if it ends by itself after at least one assertion was reached.
 */
export const JAVASCRIPT_HARNESS = String.raw`'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const util = require('node:util');
const vm = require('node:vm');

/** The one thing that knows the secret. What it uses is bound here, out of reach of later patches. */
const report = (() => {
  const secret = fs.readFileSync(0, 'utf8').trim();
  fs.closeSync(0);
  fs.openSync('/dev/null', 'r');
  const { writeSync } = fs;
  const { stringify } = JSON;
  const { from } = Buffer;
  return (event, fields) => {
    let data = from('\n' + secret + stringify({ event, ...fields }) + '\n');
    while (data.length > 0) {
      try {
        data = data.subarray(writeSync(1, data));
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
      }
    }
  };
})();
const leave = process.exit.bind(process);

// Loaded before the tested code, which may patch what it shares with the tests.
const { AssertionError, assert, strict, expect, noteAssertion, wasAsserted, inspect, format } = require('./expect.js');

const reason = (error) => {
  if (!(error instanceof Error) && !util.types.isNativeError(error)) return 'threw ' + inspect(error).slice(0, 800);
  const stack = String(error.stack);
  const place = /\b(?:tests|solution)\.js:\d+/.exec(stack);
  const text = (error.name + ': ' + error.message).replace(/\s+/g, ' ').trim().slice(0, 800);
  return place ? text + ' (' + place[0].replace(':', ', line ') + ')' : text;
};

const cases = [];
const group = { name: '', before: [], after: [], once: [], last: [] };
let current = group;
const register = (name, options, body) => {
  const run = typeof options === 'function' ? options : body;
  if (run && !(options && options.skip)) cases.push({ name: (current.name + ' ' + name).trim(), run, group: current });
};
register.only = register.test = register.it = register;
register.skip = register.todo = () => undefined;
register.each = (rows) => (name, body) =>
  rows.forEach((row) => register(format(name, ...[row].flat()), () => body(...[row].flat())));
const describe = (name, options, body) => {
  const outer = current;
  current = { name: (outer.name + ' ' + name).trim(), before: [...outer.before], after: [...outer.after], once: [], last: [] };
  try {
    (typeof options === 'function' ? options : body)();
  } finally {
    current = outer;
  }
};
describe.skip = () => undefined;
describe.only = describe;
const beforeEach = (hook) => void current.before.push(hook);
const afterEach = (hook) => void current.after.unshift(hook);
const once = (hook) => {
  let done;
  current.before.push(() => (done ??= Promise.resolve(hook())));
};
const shims = {
  test: register,
  it: register,
  describe,
  suite: describe,
  expect,
  beforeEach,
  afterEach,
  before: once,
  beforeAll: once,
  after: () => undefined,
  afterAll: () => undefined,
};

const namesIn = (source, pattern) => [...new Set([...source.matchAll(pattern)].map((match) => match[1]))];
const pick = (names) => '({' + names.map((name) => name + ': typeof ' + name + " === 'undefined' ? undefined : " + name).join(', ') + '})';

const attempt = async (name, run) => {
  report('start', { name });
  try {
    await run();
    report('case', { name, ok: true });
  } catch (error) {
    report('case', { name, ok: false, message: reason(error) });
  }
};

const main = async () => {
  const here = process.cwd();
  const solution = fs.readFileSync('solution.js', 'utf8');
  const tests = fs.readFileSync('tests.js', 'utf8');
  const native = Module.createRequire(path.join(here, 'solution.js'));
  const module = { exports: {} };
  const original = module.exports;

  /** A file that came along is meant itself; every other relative name means the solution. */
  const isBeside = (name) => {
    const bare = path.join(here, name);
    return path.parse(bare).name !== 'solution' && ['', '.js', '.json', '.cjs'].some((end) => fs.statSync(bare + end, { throwIfNoEntry: false })?.isFile());
  };
  const requireFor = (forTests) => (name) => {
    const bare = name.replace(/^node:/, '');
    if (forTests && bare === 'assert') return assert;
    if (forTests && bare === 'assert/strict') return strict;
    if (/^(node:test|@jest\/globals|vitest)$/.test(name)) return Object.assign(register.bind(undefined), register, shims);
    if (forTests && !Module.isBuiltin(name) && /^\.|^solution/.test(name) && !isBeside(name)) return module.exports;
    return native(name);
  };
  console.assert = (ok, ...message) => {
    noteAssertion();
    if (!ok) throw new AssertionError({ message: format(...(message.length > 0 ? message : ['console.assert failed'])) });
  };
  Object.assign(globalThis, shims);
  if (!/\b(?:const|let|var|function|class)\s+assert\b|\bassert\s*[,}][^;]*=\s*require/.test(solution)) globalThis.assert = assert;

  // Code that exports nothing hands out its top-level names.
  const topLevel = namesIn(solution, /(?:^|[;}]\s*)(?:async\s+)?(?:function\s*\*?|class|const|let|var)\s+([\w$]+)/gm);
  const testNames = namesIn(tests, /^\s*(?:async\s+)?(?:function\s+|(?:const|let|var)\s+)(test[\w$]+)/gm);
  const wrapped = '(async function () {' + tests + '\n;return ' + pick(testNames) + ';\n})';
  const hook = '__scope_' + Math.random().toString(36).slice(2);
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname', hook];
  const tail = '\n;' + hook + '((source) => eval(source), ' + pick(topLevel) + ');';
  let scope;
  const receive = (evaluate, names) => {
    scope = evaluate;
    if (module.exports === original && Object.keys(original).length === 0) module.exports = names;
  };
  const file = path.join(here, 'solution.js');
  new vm.Script(wrapped, { filename: path.join(here, 'tests.js') });
  vm.compileFunction(solution.replace(/^#!.*/, '') + tail, parameters, { filename: file })(module.exports, requireFor(false), module, file, here, receive);
  if (!scope) throw new Error('the solution returned before its end');
  Object.assign(globalThis, shims);

  const exported = module.exports && typeof module.exports === 'object' ? module.exports : {};
  for (const [name, value] of Object.entries(exported)) if (!(name in globalThis)) globalThis[name] = value;
  globalThis.require = requireFor(true);
  const own = { exports: {} };
  const start = scope('((require, exports, module) => ' + wrapped + ')\n//# sourceURL=' + path.join(here, 'tests.js'))(requireFor(true), own.exports, own);

  let functions = {};
  let failure;
  report('start', { name: 'loading' });
  try {
    functions = await start();
  } catch (error) {
    failure = { error };
  }
  if (cases.length === 0) {
    for (const [name, run] of Object.entries(functions)) if (typeof run === 'function') cases.push({ name, run, group });
  }
  if (cases.length === 0 && (failure || wasAsserted() || /\bassert\b|\bexpect\b/.test(tests))) {
    await attempt('script', () => {
      if (failure) throw failure.error;
      if (!wasAsserted()) throw new Error('no assertion was reached');
    });
    return;
  }
  if (failure) throw failure.error;
  for (const { name, run, group } of cases) {
    await attempt(name, async () => {
      for (const hook of group.before) await hook();
      try {
        if (run.length > 0) await withCallback(run);
        else await run();
      } finally {
        for (const hook of group.after) await hook();
      }
    });
  }
};

/** A test that takes an argument means either node:test's context or the older callback. */
const withCallback = (run) =>
  new Promise((resolve, reject) => {
    const done = (error) => (error ? reject(error) : resolve());
    const result = run(Object.assign(done, { test: (name, body) => body(done), diagnostic: () => undefined }));
    if (result && typeof result.then === 'function') result.then(resolve, reject);
    else if (!/\bdone\b/.test(String(run))) resolve();
  });

main()
  .catch((error) => report('case', { name: 'loading', ok: false, message: reason(error) }))
  .finally(() => {
    report('done', {});
    leave(0);
  });
`;
