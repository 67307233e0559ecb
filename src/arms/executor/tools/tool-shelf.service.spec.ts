import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { configSchema } from '../../../common/config/config.schema';
import { AppConfig } from '../../../common/config/config.service';
import { ServiceFacts } from '../../../common/service-facts';
import { ToolShelf } from './tool-shelf.service';

let data: string;
let shelf: ToolShelf;
const facts = new ServiceFacts();
const lay = (name: string, text: string | object): void =>
  writeFileSync(join(data, 'tools', name), typeof text === 'string' ? text : JSON.stringify(text));

beforeAll(() => {
  Logger.overrideLogger(false);
});
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'octollm-test-'));
  mkdirSync(join(data, 'tools'));
  shelf = new ToolShelf(new AppConfig(configSchema.parse({ DATA_DIR: data })), facts);
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const refused = (message: RegExp): object =>
  expect.objectContaining({ code: 'resource_not_found', message: expect.stringMatching(message) as string }) as object;

it('has nothing where there is no folder', async () => {
  rmSync(join(data, 'tools'), { recursive: true });
  expect(await shelf.list()).toEqual([]);
  await expect(shelf.get('a')).rejects.toEqual(refused(/there are none.*TOOLS_FOLDER/));
});

it('reads programs in three languages with what is said of them, as they are at that moment', async () => {
  lay('add.py', 'print(1)');
  lay('sum.js', 'return 1');
  lay('sum.json', { description: 'Adds', engine: 'quickjs', input_schema: { type: 'array' }, timeout_seconds: 5 });
  lay('typed.ts', 'let a: number');
  lay('README.md', 'not a tool');
  expect(await shelf.list()).toEqual([
    { name: 'add', description: '', runtime: 'python', engine: 'process', capabilities: ['PythonExec'] },
    {
      name: 'sum',
      description: 'Adds',
      runtime: 'javascript',
      engine: 'quickjs',
      capabilities: ['PythonExec'],
      input_schema: { type: 'array' },
      timeout_seconds: 5,
    },
    { name: 'typed', description: '', runtime: 'typescript', engine: 'process', capabilities: ['PythonExec'] },
  ]);
  lay('add.py', 'print(2)');
  expect((await shelf.get('add')).source).toBe('print(2)');
  unlinkSync(join(data, 'tools', 'add.py'));
  await expect(shelf.get('add')).rejects.toEqual(refused(/no tool 'add' here; there are sum, typed/));
});

it('tells its facts to whoever describes the executor', async () => {
  shelf.onModuleInit();
  lay('add.py', 'print(1)');
  expect(await facts.of('executor')).toMatchObject({ tools: [{ name: 'add' }] });
});

/** A program, and the card beside it. */
const both = (card: string | object) => (): void => {
  lay('a.py', '');
  lay('a.json', card);
};

it.each<[string, () => unknown, RegExp]>([
  ['no JSON', both('{'), /a\.json is not JSON/],
  ['an unknown field', both({ descripton: 'x' }), /descripton/],
  ['an unknown capability', both({ capabilities: ['All'] }), /capabilities/],
  ['too much time', both({ timeout_seconds: 301 }), /timeout_seconds/],
  ['a schema that is none', both({ input_schema: { type: 7 } }), /input_schema/],
  ['QuickJS in Python', both({ engine: 'quickjs' }), /quickjs runs a\.js only/],
  ['two programs', () => ['a.py', 'a.js'].forEach((name) => lay(name, '')), /more than one program named a/],
  ['a program that is too large', () => lay('a.py', 'x'.repeat(1_000_001)), /larger than 1000000 bytes/],
  ['a folder', () => mkdirSync(join(data, 'tools', 'a.py')), /is no file/],
  ['a link out of the folder', () => link('../x.py'), /link out of the folder/],
  ['a link to itself', () => link('a.py'), /cannot be read \(ELOOP\)/],
  ['a pipe', () => execFileSync('mkfifo', [join(data, 'tools', 'a.py')]), /is no file/],
])('a tool with %s is told of and harms no other', async (_, spoil, message) => {
  writeFileSync(join(data, 'x.py'), '');
  lay('good.py', 'print(1)');
  spoil();
  const problem = expect.stringMatching(message) as string;
  expect(await shelf.list()).toEqual([
    { name: 'a', problem },
    expect.objectContaining({ name: 'good', runtime: 'python' }),
  ]);
});
const link = (to: string): void => symlinkSync(to, join(data, 'tools', 'a.py'));

it.each(['../x', 'a/b', '', '.', 'A', 'x'.repeat(65), 'a\0', 'constructor', '__proto__'])(
  'knows no tool %j',
  async (name) => {
    writeFileSync(join(data, 'x.py'), '');
    await expect(shelf.get(name)).rejects.toMatchObject({ code: 'resource_not_found' });
  },
);

it('says what is wrong with the name of a file', async () => {
  lay('My Tool.py', '');
  expect(await shelf.list()).toEqual([
    { name: 'My Tool', problem: expect.stringContaining('rename the file') as string },
  ]);
  await expect(shelf.get('My Tool')).rejects.toEqual(refused(/cannot be used: a name has small letters/));
});

it('holds the input against its schema', async () => {
  lay('a.py', '');
  lay('a.json', { input_schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } } });
  const tool = await shelf.get('a');
  await expect(shelf.checkInput(tool, { n: 1 })).resolves.toBeUndefined();
  await expect(shelf.checkInput(tool, { n: 'x' })).rejects.toMatchObject({
    code: 'validation_error',
    message: expect.stringMatching(/^input: the tool a does not take this: n /) as string,
  });
});
