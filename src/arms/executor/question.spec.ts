import type { ExecutionRequest } from '../../contracts/direct';
import { DEFAULT_CAPABILITIES } from '../../contracts/executor-capability';
import { assess } from './assess-decision';
import { type Fetched, decide } from './decide';
import { orderOf } from './order';
import { questionAbout } from './question';
import { toolOf } from './tools/tool';

const request = (over: Partial<ExecutionRequest>): ExecutionRequest => ({
  actionType: 'shell',
  command: 'ls',
  args: [],
  env: {},
  timeoutSeconds: 30,
  allowNetwork: true,
  capabilities: [...DEFAULT_CAPABILITIES, 'FilesystemDelete'],
  ...over,
});
const asked = async (over: Partial<ExecutionRequest>, order?: Fetched): Promise<string | undefined> => {
  const given = request(over);
  const decision = decide(order ?? (orderOf(given) as Fetched), given, ['ls', 'echo', 'rm', 'nmap', 'python3', 'node']);
  return questionAbout(decision, await assess(decision, AbortSignal.timeout(60_000)), given);
};
const tool = (source: string, card: object = {}): Fetched => ({
  kind: 'tool',
  tool: toolOf('tidy', 'python', source, JSON.stringify(card)),
});
const RMTREE = "import shutil\nshutil.rmtree('build')";

it.each<[string, Partial<ExecutionRequest>]>([
  ['a command that only looks', { command: 'ls -la' }],
  ['a word that is only printed', { command: 'echo', args: ['rm -rf /'] }],
  ['a program that destroys what is its own', { actionType: 'python', command: RMTREE }],
  [
    'a program that destroys in a temporary folder',
    { actionType: 'python', command: "import shutil\nshutil.rmtree('/tmp/x')" },
  ],
  ['a request over HTTP', { actionType: 'http', command: 'https://example.com/' }],
  ['a QuickJS program', { actionType: 'javascript', command: 'return 1', engine: 'quickjs' }],
])('nobody is asked about %s', async (_, over) => expect(await asked(over)).toBeUndefined());

it.each<[string, Partial<ExecutionRequest>]>([
  ['a command that destroys', { command: 'rm -rf data' }],
  ['a command that always asks', { command: 'nmap example.com' }],
  ['a program that destroys elsewhere', { actionType: 'python', command: "import shutil\nshutil.rmtree('/srv/data')" }],
  ['one that does so above', { actionType: 'python', command: "import shutil\nshutil.rmtree('../data')" }],
  ['one that does so in a home folder', { actionType: 'python', command: "import os\nos.system('rm -rf ~/data')" }],
  ['one that does so everywhere', { actionType: 'python', command: "import os\nos.system('rm -rf /')" }],
  [
    'one that is told where',
    { actionType: 'python', command: 'import shutil, sys\nshutil.rmtree(sys.argv[1])', args: ['/srv'] },
  ],
  ['what a token grants only so', { command: 'ls', capabilities: [], withApproval: [...DEFAULT_CAPABILITIES] }],
])('a person is asked about %s, and shown it', async (_, over) => {
  const question = await asked(over);
  expect(question).toContain(`To be run: ${over.command ?? ''}`);
  expect(await asked(over)).toBe(question);
});

it('asks about a tool that is declared to destroy, and about one that is seen to', async () => {
  const use: Partial<ExecutionRequest> = { actionType: 'tool', command: 'tidy', input: { days: 3 } };
  expect(await asked(use, tool('print(1)'))).toBeUndefined();
  expect(await asked(use, tool(RMTREE))).toBeUndefined();
  expect(await asked(use, tool("import shutil\nshutil.rmtree('/srv')"))).toContain('To be run: tidy {"days":3}');
  expect(await asked(use, tool('print(1)', { capabilities: ['FilesystemDelete'] }))).toContain('FilesystemDelete');
  expect(await asked(use, tool('print(1)', { risk: 'destructive' }))).toContain('declares it destructive');
});

it('shows both ends of what is too long to be shown, and binds the answer to the whole of it', async () => {
  const long = async (end: string): Promise<string> =>
    (await asked({ command: 'rm', args: ['x'.repeat(5_000), 'y', end] })) ?? '';
  expect(await long('last-one')).toMatch(/more characters, sha256 [0-9a-f]{64}\).*last-one$/);
  expect((await long('last-one')).length).toBeLessThan(1_500);
  const hidden = (middle: string): Promise<string | undefined> =>
    asked({ command: 'rm', args: ['x'.repeat(900), middle, 'x'.repeat(900)] });
  expect(await hidden('one')).not.toBe(await hidden('two'));
});
