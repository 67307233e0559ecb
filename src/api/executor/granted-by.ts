import {
  DEFAULT_CAPABILITIES,
  EXECUTOR_CAPABILITIES,
  type ExecutorCapability,
} from '../../contracts/executor-capability';

/** The one action whose use a person has to agree to, each time. */
export const WITH_APPROVAL = 'execute_command_with_approval';

/** Actions that stand for several capabilities. */
const GROUPS = new Map<string, readonly ExecutorCapability[]>([
  ['execute_command', DEFAULT_CAPABILITIES],
  [WITH_APPROVAL, DEFAULT_CAPABILITIES],
  ['code_execute', ['PythonExec']],
  ['network_access', ['HttpGet', 'HttpPost']],
  ['network_access_external', ['HttpGet', 'HttpPost']],
]);

/** The executor capabilities behind an action of a grant; none for what is another arm's. */
export const grantedBy = (action: string): ExecutorCapability[] => [
  ...(GROUPS.get(action) ?? EXECUTOR_CAPABILITIES.filter((capability) => capability === action)),
];
