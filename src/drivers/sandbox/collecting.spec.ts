import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Header, type HeaderData } from 'tar';
import { Collecting } from './collecting';
import type { CollectedFiles, CollectLimits } from './sandbox.port';

const LIMITS: CollectLimits = { files: 5, fileBytes: 1000, totalBytes: 2000 };
const FOLDER = { path: './', type: 'Directory', size: 0 } as const;

/** One entry as anyone may write it, true or not. */
const entry = (header: Omit<HeaderData, 'mtime'>, body = ''): Buffer => {
  const block = Buffer.alloc(512);
  new Header({ mode: 0o644, type: 'File', size: body.length, ...header }).encode(block, 0);
  const padded = Buffer.alloc(512 * Math.ceil(body.length / 512));
  padded.write(body);
  return Buffer.concat([block, padded]);
};

const collect = async (parts: Buffer[], limits = LIMITS, chunk = 700): Promise<CollectedFiles> => {
  const stream = new PassThrough();
  const collecting = new Collecting(stream, limits);
  const closed = new Promise((resolve) => stream.once('close', resolve));
  const bytes = Buffer.concat(parts);
  for (let at = 0; at < bytes.length && !stream.destroyed; at += chunk) stream.write(bytes.subarray(at, at + chunk));
  if (!stream.destroyed) stream.end();
  await closed;
  return collecting.result();
};

const textsOf = ({ files }: CollectedFiles): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));

const END = Buffer.alloc(1024);

it('takes files by their relative path, in whatever pieces they come', async () => {
  const parts = [entry(FOLDER), entry({ path: './a' }, 'one'), entry({ path: './b/c' }, 'x'.repeat(900)), END];
  for (const chunk of [1, 512, 10_000]) {
    expect(textsOf(await collect(parts, LIMITS, chunk))).toEqual({ a: 'one', 'b/c': 'x'.repeat(900) });
  }
});

it.each(['./../a', './a/../../b', './/etc/passwd', './a\nb', './\u001b[2J', './a\u0000b', './', './a/./b'])(
  'refuses the name %j',
  async (path) => {
    const { files } = await collect([entry(FOLDER), entry({ path }, 'x'), END]);
    // What comes after a NUL is no part of a name in an archive.
    expect(Object.keys(files).filter((name) => name !== 'a')).toEqual([]);
  },
);

it('takes a name that is none of an object for what it is', async () => {
  const { files } = await collect([entry(FOLDER), entry({ path: './__proto__' }, 'x'), END]);
  expect(Object.keys(files)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(files)).toBe(Object.prototype);
});

it('takes nothing twice, and no file for a folder', async () => {
  const parts = ['./a', './a', './a/b', './c/d', './c'].map((path) => entry({ path }, 'x'));
  const { files, leftOut } = await collect([entry(FOLDER), ...parts, END]);
  expect(Object.keys(files)).toEqual(['a', 'c/d']);
  expect(leftOut.map(({ path, reason }) => [path, reason])).toEqual([
    ['a', 'bad_name'],
    ['a/b', 'bad_name'],
    ['c', 'bad_name'],
  ]);
});

it.each(['SymbolicLink', 'Link', 'FIFO', 'CharacterDevice', 'BlockDevice'] as const)(
  'leaves out a %s',
  async (type) => {
    const link = type.endsWith('Link') ? { linkpath: '/etc/passwd' } : {};
    const { files, leftOut } = await collect([entry(FOLDER), entry({ path: './x', type, size: 0, ...link }), END]);
    expect({ files, leftOut }).toEqual({ files: {}, leftOut: [{ path: 'x', reason: 'not_a_file' }] });
  },
);

it('holds to its limits', async () => {
  const large = await collect([entry(FOLDER), entry({ path: './x' }, 'y'.repeat(1001)), END]);
  expect(large).toEqual({ files: {}, leftOut: [{ path: 'x', reason: 'too_large' }] });
  const sum = await collect([
    entry(FOLDER),
    ...['a', 'b', 'c'].map((p) => entry({ path: `./${p}` }, 'y'.repeat(800))),
    END,
  ]);
  expect(Object.keys(sum.files)).toEqual(['a', 'b']);
  const many = Array.from({ length: 300 }, (_, index) => entry({ path: `./${index}` }, 'y'));
  const { files, leftOut } = await collect([entry(FOLDER), ...many, END]);
  expect(Object.keys(files)).toHaveLength(5);
  expect(leftOut).toHaveLength(101);
  expect(leftOut.at(-1)).toEqual({ path: '…', reason: 'too_many' });
});

it('reads no more than it may, whatever a header promises', async () => {
  const endless = [
    entry(FOLDER),
    entry({ path: './x', size: 2 ** 40 }),
    ...Array<Buffer>(40).fill(Buffer.alloc(1 << 20)),
  ];
  expect(await collect(endless, LIMITS, 1 << 20)).toEqual({
    files: {},
    leftOut: [
      { path: 'x', reason: 'too_large' },
      { path: '…', reason: 'too_many' },
    ],
  });
});

it('drops a file whose end is missing', async () => {
  const whole = entry({ path: './x' }, 'y'.repeat(900));
  const { files } = await collect([entry(FOLDER), entry({ path: './a' }, 'one'), whole.subarray(0, 800)]);
  expect(Object.keys(files)).toEqual(['a']);
});

it.each([
  ['compressed', gzipSync(Buffer.concat([entry(FOLDER), entry({ path: './x' }, 'y'), END]))],
  ['zstd by its first bytes', Buffer.from('28b52ffd0000000000', 'hex')],
  ['noise', Buffer.alloc(5000, 'garbage')],
])('takes nothing from what is no archive of ours: %s', async (_what, bytes) => {
  expect((await collect([bytes])).files).toEqual({});
});

it('survives damage in the middle', async () => {
  const { files } = await collect([entry(FOLDER), Buffer.alloc(512, 7), entry({ path: './a' }, 'one'), END]);
  expect(Object.keys(files)).toEqual(['a']);
});
