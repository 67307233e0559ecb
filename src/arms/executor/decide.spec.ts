import type { ExecutionRequest } from '../../contracts/direct';
import { DEFAULT_CAPABILITIES, type ExecutorCapability } from '../../contracts/executor-capability';
import { decide } from './decide';

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
const decided = (over: Partial<ExecutionRequest>) => decide(request(over), COMMANDS);
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
  expect(() => decide(request({ command: 'git -c x log' }), ['ls'])).toThrow(
    denied(/not allowed here; allowed are ls/),
  );
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
  expect(() => decide(request({ command: 'rm' }), COMMANDS, needs)).toThrow();
  expect(needs).toHaveBeenCalledWith(['ShellExecute']);
});

it('knows no tools', () =>
  expect(() => decided({ actionType: 'tool', command: 'calculator' })).toThrow(
    expect.objectContaining({ code: 'resource_not_found' }) as Error,
  ));
