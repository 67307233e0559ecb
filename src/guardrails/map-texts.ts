import type { JsonObject, JsonValue } from '../contracts/json';

type Container = JsonObject | JsonValue[];
/**
 * `path` says where the text stands, e.g. `passages.0.content`, a key under `….(key)`; of at most 300 characters. `label` is the
 * key it stands under, that of the list for a text in a list; the last 100 characters of it.
 */
export type TextMap = (text: string, path: string, label: string | undefined) => string;

interface Visit {
  to: Container;
  path: string;
  label: string | undefined;
  rest: Iterator<[string, JsonValue | undefined]>;
  /** The number to try next for a key that is taken. */
  numbers: Map<string, number>;
}

const LONGEST_PATH = 300;
const LONGEST_NAME = 100;

/**
 * Every text has its path, and whoever sends it chooses the keys: with long ones the paths would outgrow the value many times.
 * A long key is left out as a whole, since half a secret is not known as one.
 */
const join = (path: string, key: string): string => {
  const name = key.length > LONGEST_NAME ? '(long key)' : key;
  if (path === '') return name;
  return path.length + 1 + name.length <= LONGEST_PATH ? `${path}.${name}` : `….${name}`;
};

/** A key that is free: two keys may become one when parts of them are taken out, and so may ten thousand. */
const freeKey = (object: JsonObject, numbers: Map<string, number>, wanted: string): string => {
  if (!Object.hasOwn(object, wanted)) return wanted;
  let n = numbers.get(wanted) ?? 2;
  while (Object.hasOwn(object, `${wanted} (${n})`)) n++;
  numbers.set(wanted, n + 1);
  return `${wanted} (${n})`;
};

/** `object.__proto__ = …` would not make a key. */
const define = (object: JsonObject, key: string, value: JsonValue | undefined): void => {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
};

const visit = (from: Container, path: string, label: string | undefined): Visit => ({
  to: Array.isArray(from) ? [] : {},
  path,
  label,
  rest: Object.entries(from)[Symbol.iterator](),
  numbers: new Map(),
});

/** Smaller numbers identify nobody. */
const TELLING = 1_000_000;

/** A card or a telephone number may come as a number: it is mapped as its digits, and stays a number if they stay. */
const mapNumber = (value: number, map: (digits: string) => string): JsonValue => {
  if (Math.abs(value) < TELLING || !Number.isInteger(value)) return value;
  const digits = String(Math.abs(value));
  const mapped = map(digits);
  return mapped === digits ? value : mapped;
};

/**
 * A copy of a JSON value with every string mapped, keys and long whole numbers included, in the order in which they stand.
 * Without recursion, so that no depth of nesting can hurt.
 */
export const mapTexts = (root: JsonValue, map: TextMap): JsonValue => {
  if (typeof root === 'string') return map(root, '', undefined);
  if (typeof root !== 'object' || root === null) return root;
  const first = visit(root, '', undefined);
  const open = [first];
  for (let here = open.at(-1); here; here = open.at(-1)) {
    const next = here.rest.next();
    if (next.done === true) {
      open.pop();
      continue;
    }
    const [name, child] = next.value;
    const { to, path, numbers } = here;
    const key = Array.isArray(to) ? name : freeKey(to, numbers, map(name, join(path, '(key)'), undefined));
    const label = Array.isArray(to) ? here.label : name.slice(-LONGEST_NAME);
    const at = join(path, key);
    let mapped: JsonValue | undefined = child;
    if (typeof child === 'string') mapped = map(child, at, label);
    else if (typeof child === 'number') mapped = mapNumber(child, (digits) => map(digits, at, label));
    else if (typeof child === 'object' && child !== null) {
      const inner = visit(child, at, label);
      mapped = inner.to;
      open.push(inner);
    }
    if (Array.isArray(to)) to.push(mapped ?? null);
    else define(to, key, mapped);
  }
  return first.to;
};
