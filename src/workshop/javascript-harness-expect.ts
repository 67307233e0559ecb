/**
 * `expect.js`: assertion libraries of the tests' own, which notice when they are used. What they rest on is bound here: loaded
 * before the tested code, they keep to it whatever that patches.
 */
export const JAVASCRIPT_EXPECT = String.raw`'use strict';
const assert = require('node:assert');
const util = require('node:util');

const { is, keys } = Object;
const { isArray } = Array;
const { abs } = Math;
const tagOf = Function.prototype.call.bind(Object.prototype.toString);
const { format, inspect, isDeepStrictEqual } = util;
const copyOf = (library) => Object.assign((...args) => library(...args), library);
const pristine = copyOf(assert);
pristine.strict = copyOf(assert.strict);
pristine.strict.strict = pristine.strict;

let asserted = false;
/** An assertion library that notices when it is used. */
const noticing = (target) =>
  new Proxy(target, {
    apply: (fn, self, args) => ((asserted = true), Reflect.apply(fn, self, args)),
    get: (object, key) => {
      const value = Reflect.get(object, key);
      if (key === 'strict') return noticing(value);
      if (typeof value !== 'function' || /^[A-Z]/.test(String(key))) return value;
      return (...args) => ((asserted = true), value.apply(object, args));
    },
  });

/** Whether every property of a pattern is there and fits. */
const holds = (actual, pattern) => {
  if (pattern === null || typeof pattern !== 'object') return is(actual, pattern);
  if (actual === null || typeof actual !== 'object') return false;
  for (const key of keys(pattern)) if (!holds(actual[key], pattern[key])) return false;
  return true;
};

const isRecord = (value) => isArray(value) || tagOf(value) === '[object Object]';
/** Equal but for classes and for properties that are undefined. */
const isLike = (a, b) => {
  if (isDeepStrictEqual(a, b)) return true;
  if (!isRecord(a) || !isRecord(b) || isArray(a) !== isArray(b) || (isArray(a) && a.length !== b.length)) return false;
  for (const key of keys(a)) if (!isLike(a[key], b[key])) return false;
  for (const key of keys(b)) if (a[key] === undefined && b[key] !== undefined) return false;
  return true;
};
const contains = (all, fits) => {
  for (const one of all) if (fits(one)) return true;
  return false;
};

const expect = (actual) => {
  const matchers = (positive) => {
    const check = (ok, what) => {
      asserted = true;
      if (ok !== positive) throw new pristine.AssertionError({ message: 'expected ' + inspect(actual) + (positive ? ' ' : ' not ') + what });
    };
    const show = inspect;
    const all = {
      toBe: (e) => check(is(actual, e), 'to be ' + show(e)),
      toEqual: (e) => check(isLike(actual, e), 'to equal ' + show(e)),
      toStrictEqual: (e) => check(isDeepStrictEqual(actual, e), 'to equal ' + show(e)),
      toBeTruthy: () => check(Boolean(actual), 'to be truthy'),
      toBeFalsy: () => check(!actual, 'to be falsy'),
      toBeNull: () => check(actual === null, 'to be null'),
      toBeUndefined: () => check(actual === undefined, 'to be undefined'),
      toBeDefined: () => check(actual !== undefined, 'to be defined'),
      toBeNaN: () => check(Number.isNaN(actual), 'to be NaN'),
      toBeInstanceOf: (e) => check(actual instanceof e, 'to be an instance of ' + e.name),
      toBeGreaterThan: (e) => check(actual > e, 'to be greater than ' + show(e)),
      toBeGreaterThanOrEqual: (e) => check(actual >= e, 'to be at least ' + show(e)),
      toBeLessThan: (e) => check(actual < e, 'to be less than ' + show(e)),
      toBeLessThanOrEqual: (e) => check(actual <= e, 'to be at most ' + show(e)),
      toBeCloseTo: (e, digits = 2) => check(abs(actual - e) < 10 ** -digits / 2, 'to be close to ' + show(e)),
      toContain: (e) => check(typeof actual === 'string' ? actual.includes(e) : contains(actual, (item) => item === e || is(item, e)), 'to contain ' + show(e)),
      toContainEqual: (e) => check(contains(actual, (item) => isLike(item, e)), 'to contain ' + show(e)),
      toHaveLength: (e) => check(actual.length === e, 'to have length ' + show(e)),
      toHaveProperty: (e) => check(e in Object(actual), 'to have the property ' + show(e)),
      toMatch: (e) => check(typeof e === 'string' ? actual.includes(e) : e.test(actual), 'to match ' + show(e)),
      toMatchObject: (e) => check(holds(actual, e), 'to match ' + show(e)),
      toThrow: (e) => {
        let thrown;
        let threw = false;
        try {
          actual();
        } catch (error) {
          thrown = error;
          threw = true;
        }
        if (!threw) return check(false, 'to throw');
        const message = String(thrown?.message ?? thrown);
        const fits =
          e === undefined || (typeof e === 'function' ? thrown instanceof e : e instanceof RegExp ? e.test(message) : message.includes(e?.message ?? e));
        check(fits, 'to throw ' + show(e) + ', but it threw ' + show(message));
      },
    };
    return Object.assign(all, { toThrowError: all.toThrow });
  };
  return { ...matchers(true), not: matchers(false), resolves: eventually(actual, false), rejects: eventually(actual, true) };
};

/** expect(promise).resolves and .rejects: the matchers of what it comes to. */
const eventually = (actual, rejects, negated = false) =>
  new Proxy({}, {
    get: (_, key) => {
      if (key === 'not') return eventually(actual, rejects, true);
      return async (...args) => {
        asserted = true;
        let value;
        let rejected = false;
        try {
          value = await (typeof actual === 'function' ? actual() : actual);
        } catch (error) {
          value = error;
          rejected = true;
        }
        if (rejected !== rejects) {
          throw new pristine.AssertionError({ message: 'the promise ' + (rejected ? 'was rejected with ' : 'was fulfilled with ') + inspect(value) });
        }
        const target = rejects && /^toThrow/.test(key) ? expect(() => { throw value; }) : expect(value);
        return (negated ? target.not : target)[key](...args);
      };
    },
  });
expect.assertions = expect.hasAssertions = () => undefined;

module.exports = {
  AssertionError: assert.AssertionError,
  assert: noticing(pristine),
  strict: noticing(pristine.strict),
  expect,
  noteAssertion: () => void (asserted = true),
  wasAsserted: () => asserted,
  inspect,
  format,
};
`;
