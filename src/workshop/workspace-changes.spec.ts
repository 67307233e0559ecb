import { changesBetween } from './workspace-changes';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const paths = (files: { path: string }[]): string[] => files.map(({ path }) => path);

it('tells what is new, changed and gone, and leaves out what is as it was', () => {
  const before = { same: bytes('s'), changed: bytes('1'), gone: bytes('g') };
  const after = { files: { same: bytes('s'), changed: bytes('2'), fresh: bytes('') }, leftOut: [] };
  const { written, removed } = changesBetween(before, after);
  expect(paths(written)).toEqual(['changed', 'fresh']);
  expect(paths(removed)).toEqual(['gone']);
  // sha256 of nothing and of "g".
  expect(written[1]?.sha256).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(removed[0]?.sha256).toBe('cd0aa9856147b6c5b4ff2b7dfee5da20aa38253099ef1b4a64aced233c9afe29');
});

it('does not take what could not be handed back for removed', () => {
  const leftOut = [{ path: 'grown', reason: 'too_large' as const }];
  expect(changesBetween({ grown: bytes('x') }, { files: {}, leftOut })).toEqual({ written: [], removed: [] });
});

it('is not led astray by a name that objects have by themselves', () => {
  const files = Object.fromEntries([['__proto__', bytes('p')]]);
  expect(paths(changesBetween({}, { files, leftOut: [] }).written)).toEqual(['__proto__']);
  expect(paths(changesBetween(files, { files: {}, leftOut: [] }).removed)).toEqual(['__proto__']);
  expect(paths(changesBetween({}, { files: { constructor: bytes('c') }, leftOut: [] }).written)).toEqual([
    'constructor',
  ]);
});
