import { entryFor, withoutEntry } from './entry';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const at = (runtime: 'python' | 'javascript', beside: string[], isApart = false) =>
  entryFor(runtime, 'pass', { beside: Object.fromEntries(beside.map((path) => [path, bytes('x')])), isApart });

it.each<[string, string[], string]>([
  ['nothing', [], 'main.py'],
  ['a file of its name', ['main.py'], 'main-1.py'],
  ['a folder of its name', ['main.py/x', 'main-1.py'], 'main-2.py'],
  ['a file of its name further below', ['a/main.py'], 'main.py'],
])('has a name of its own beside %s', (_, beside, path) => expect(at('python', beside).path).toBe(path));

it('that is apart has a folder that nothing else is in', () => {
  expect(at('python', [], true).path).toBe('.tool/main.py');
  expect(at('python', ['.tool/json.py', '.tool-1'], true).path).toBe('.tool-2/main.py');
  expect(Object.keys(at('javascript', [], true).files)).toEqual(['.tool/main.js', '.tool/package.json']);
});

it('is not among what a run has left, unless the run changed it', () => {
  const entry = at('javascript', [], true);
  const left = { files: { ...entry.files, made: bytes('m') }, leftOut: [] };
  expect(Object.keys(withoutEntry(left, entry).files)).toEqual(['made']);
  const changed = { files: { '.tool/main.js': bytes('other') }, leftOut: [] };
  expect(Object.keys(withoutEntry(changed, entry).files)).toEqual(['.tool/main.js']);
  expect(withoutEntry(left, undefined)).toBe(left);
  const tooMany = ['.tool/main.js', 'f101'].map((path) => ({ path, reason: 'too_many' as const }));
  expect(withoutEntry({ files: {}, leftOut: tooMany }, entry).leftOut).toEqual([tooMany[1]]);
});
