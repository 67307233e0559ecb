import { grantedBy } from './granted-by';

it.each([
  [
    'execute_command',
    ['ShellRead', 'ShellWrite', 'ShellExecute', 'HttpGet', 'HttpPost', 'FilesystemRead', 'PythonExec'],
  ],
  ['code_execute', ['PythonExec']],
  ['network_access', ['HttpGet', 'HttpPost']],
  ['DockerAccess', ['DockerAccess']],
  ['execute_command_with_approval', []],
  ['network_access_internal', []],
  ['code_generate', []],
  ['constructor', []],
])('%s grants %j', (action, capabilities) => expect(grantedBy(action)).toEqual(capabilities));
