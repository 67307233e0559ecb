import type { ExecutionRequest } from '../../contracts/direct';
import { DEFAULT_CAPABILITIES, type ExecutorCapability } from '../../contracts/executor-capability';
import { type Fetched, decide } from './decide';
import { orderOf } from './order';

const COMMANDS = ['echo', 'ls', 'git', 'curl', 'python3'];
const request = (over: Partial<ExecutionRequest>): ExecutionRequest => ({
  actionType: 'shell',
  command: 'ls',
  args: [],
  env: {},
  timeoutSeconds: 30,
  allowNetwork: true,
  capabilities: [...DEFAULT_CAPABILITIES],
  ...over,
});
const decided = (
  over: Partial<ExecutionRequest>,
  commands = COMMANDS,
  learn?: (needs: ExecutorCapability[]) => void,
) => {
  const asked = request(over);
  return decide(orderOf(asked) as Fetched, asked, commands, learn);
};
const denied = (message: RegExp): Error =>
  expect.objectContaining({ code: 'capability_denied', message: expect.stringMatching(message) }) as Error;

it.each<[Partial<ExecutionRequest>, object]>([
  [{ command: 'ls -l "a b"' }, { kind: 'command', name: 'ls', args: ['-l', 'a b'] }],
  [
    { command: 'ls', args: ['a b', '|', '$X'] },
    { kind: 'command', name: 'ls', args: ['a b', '|', '$X'] },
  ],
  [
    { actionType: 'python', command: 'print(1)' },
    { kind: 'program', runtime: 'python', source: 'print(1)' },
  ],
  [
    { actionType: 'python', command: 'python3', code: 'print(1)' },
    { kind: 'program', source: 'print(1)' },
  ],
  [
    { actionType: 'python', command: 'python3', args: ['-c', 'x'] },
    { kind: 'command', name: 'python3', args: ['-c', 'x'] },
  ],
  [{ actionType: 'http', command: 'https://example.com' }, { kind: 'http' }],
  [
    { actionType: 'http', command: 'curl', args: ['-I', 'https://example.com'] },
    { kind: 'http', name: 'curl' },
  ],
])('%j is understood', (over, expected) => expect(decided(over)).toMatchObject(expected));

it.each<[ExecutorCapability[], Partial<ExecutionRequest>, RegExp]>([
  [[], {}, /'ls' needs ShellRead and FilesystemRead/],
  [['ShellRead'], {}, /needs FilesystemRead,/],
  [['ShellRead'], { command: 'curl https://example.com' }, /needs HttpGet/],
  [['ShellRead'], { actionType: 'python', command: '1' }, /needs PythonExec/],
  [['HttpGet'], { actionType: 'http', command: 'POST', args: ['https://example.com', 'x'] }, /needs HttpPost/],
  [['HttpGet'], { command: 'rm' }, /needs ShellExecute/],
])('with %j alone, %j is denied', (capabilities, over, message) =>
  expect(() => decided({ capabilities, ...over })).toThrow(denied(message)),
);

it('looks at the capability before the list, and at the list before the arguments', () => {
  expect(() => decided({ command: 'git -c x log', capabilities: [] })).toThrow(denied(/needs ShellRead/));
  expect(() => decided({ command: 'git -c x log' }, ['ls'])).toThrow(denied(/not allowed here; allowed are ls/));
  expect(() => decided({ command: 'git -c x log' })).toThrow(denied(/^git -c: /));
});

it('takes the network only when it is given', () => {
  expect(() => decided({ command: 'curl https://example.com', allowNetwork: false })).toThrow(denied(/allow_network/));
  expect(() => decided({ actionType: 'http', command: 'https://example.com', allowNetwork: false })).toThrow(
    denied(/allow_network/),
  );
  expect(decided({ command: 'ls', allowNetwork: false })).toMatchObject({ kind: 'command' });
});

it('tells what is needed, whatever comes of it', () => {
  const needs = jest.fn();
  expect(() => decided({ command: 'rm' }, COMMANDS, needs)).toThrow();
  expect(needs).toHaveBeenCalledWith(['ShellExecute']);
});

it('runs source in any interpreter with the one capability for it, whatever the list of commands says', () => {
  const source = { capabilities: ['PythonExec' as const], command: '1' };
  for (const runtime of ['python', 'javascript', 'typescript'] as const) {
    expect(decided({ ...source, actionType: runtime }, [])).toMatchObject({ kind: 'program', runtime });
    expect(() => decided({ capabilities: [], actionType: runtime, command: '1' })).toThrow(
      denied(/^A (Python|JavaScript|TypeScript) program needs PythonExec/),
    );
    expect(() => decided({ ...source, actionType: runtime, env: { NODE_OPTIONS: '-r x' } })).toThrow(
      denied(/NODE_OPTIONS steers/),
    );
  }
  expect(decided({ ...source, actionType: 'javascript', engine: 'quickjs' }, [])).toMatchObject({ kind: 'script' });
  expect(() => decided({ actionType: 'python', command: '1', engine: 'quickjs' })).toThrow(
    expect.objectContaining({ code: 'validation_error' }) as Error,
  );
});

it('holds an interpreter that is called as a command to the list', () => {
  const line = { actionType: 'javascript' as const, command: 'node', args: ['-e', '1'] };
  expect(() => decided(line)).toThrow(denied(/'node' is not allowed here/));
  expect(decided(line, ['node'])).toMatchObject({ kind: 'command', name: 'node', needs: ['ShellExecute'] });
  expect(() => decided({ command: 'python3 -c 1' }, ['ls'])).toThrow(denied(/'python3' is not allowed here/));
});

it('counts what is granted only with approval, and says so', () => {
  const held = { capabilities: ['ShellRead' as const], withApproval: ['FilesystemRead' as const] };
  expect(decided(held)).toMatchObject({ kind: 'command', onApproval: ['FilesystemRead'] });
  expect(decided({ capabilities: ['ShellRead', 'FilesystemRead'] })).toMatchObject({ onApproval: [] });
  expect(() => decided({ ...held, command: 'rm' })).toThrow(denied(/needs ShellExecute/));
});

it('gives some commands less time than the request', () => {
  expect(decided({ command: 'dig example.com' }, ['dig'])).toMatchObject({ maxSeconds: 10 });
  expect(decided({ command: 'nmap example.com' }, ['nmap'])).toMatchObject({ maxSeconds: 120 });
});
