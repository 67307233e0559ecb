import { grantedBy } from './granted-by';

const USUAL = ['ShellRead', 'ShellWrite', 'ShellExecute', 'HttpGet', 'HttpPost', 'FilesystemRead', 'PythonExec'];
const HTTP = ['HttpGet', 'HttpPost'];

it.each<[string, string[]]>([
  ['execute_command', USUAL],
  ['execute_command_with_approval', USUAL],
  ['code_execute', ['PythonExec']],
  ['network_access', HTTP],
  ['network_access_external', HTTP],
  // Nothing of this machine or its network is ever asked.
  ['network_access_internal', []],
  ['database_read', []],
  ['database_write', []],
  ['vector_search', []],
  ['code_generate', []],
  ['code_analyze', []],
  ['validate_output', []],
  ['fact_check', []],
  ['pii_detect', []],
  ['safety_check', []],
  ['generate_plan', []],
  ['ShellRead', ['ShellRead']],
  ['HttpAllHosts', ['HttpAllHosts']],
  ['DockerAccess', ['DockerAccess']],
  ['constructor', []],
])('%s grants %j', (action, capabilities) => expect(grantedBy(action)).toEqual(capabilities));
