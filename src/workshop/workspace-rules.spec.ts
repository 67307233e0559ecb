import { LIMITS, assertFits, isWorkspacePath } from './workspace-rules';

const MEGABYTE = 1024 * 1024;
const fits = (sizes: Record<string, number>) => () => assertFits(new Map(Object.entries(sizes)));

const errorOf = (act: () => void): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
};

it.each([
  'a',
  'a/b.txt',
  '.hidden',
  '.gitignore',
  'a.git',
  'my file (1).csv',
  'größe/日本.txt',
  '-rf',
  '...',
  'a..b',
  '__proto__',
])('takes %s for a place', (path) => {
  expect(isWorkspacePath(path)).toBe(true);
});

it.each([
  '',
  '.',
  '..',
  '../a',
  'a/../../b',
  'a/../b',
  './a',
  'a//b',
  'a/',
  '/etc/passwd',
  'a\0b',
  'a\nb',
  'a\\b',
  'a\u0085b',
  '\ud800',
  'x'.repeat(241),
  'ä'.repeat(121),
  '.git',
  '.git/config',
  'a/.GIT/HEAD',
])('does not take %j for a place', (path) => {
  expect(isWorkspacePath(path)).toBe(false);
  expect(fits({ [path]: 1 })).toThrow(/use a relative path/);
});

describe('a workspace', () => {
  it('takes as much as it can hold', () => {
    expect(fits(Object.fromEntries(Array.from({ length: LIMITS.files }, (_, at) => [`f${at}`, 1])))).not.toThrow();
    expect(fits(Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`f${at}`, 10 * MEGABYTE])))).not.toThrow();
  });

  it.each([
    ['one file too many', Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`f${at}`, 1])), /100 files/],
    ['too large a file', { big: 10 * MEGABYTE + 1 }, /'big' is larger than 10 MB; split it/],
    ['too much in all', { a: 9e6, b: 9e6, c: 9e6, d: 9e6, e: 9e6, f: 9e6 }, /50 MB in all; leave/],
    ['a file in a file', { 'a/b': 1, a: 1 }, /'a' is a file, so 'a\/b' cannot lie in it/],
  ])('refuses %s and says what to do', (_, sizes, message) => {
    expect(fits(sizes)).toThrow(message);
    expect(errorOf(fits(sizes))).toMatchObject({ code: 'validation_error', details: { field: 'files' } });
  });
});
