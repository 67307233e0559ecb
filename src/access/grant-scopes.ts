import { type CapabilityGrant, SCOPES, type Scope } from '../contracts/caller';
import { EXECUTOR_CAPABILITIES } from '../contracts/executor-capability';

/** The actions of a grant that open a scope. Executor capabilities, such as `ShellRead`, stand for parts of `execute_command`. */
const ACTIONS: Partial<Record<Scope, readonly string[]>> = {
  'sandbox:execute': [
    'execute_command',
    'execute_command_with_approval',
    'network_access',
    'network_access_external',
    'network_access_internal',
    'code_execute',
    ...EXECUTOR_CAPABILITIES,
  ],
  'memory:read': ['database_read', 'vector_search'],
  'memory:write': ['database_write'],
  'task:submit': [
    'code_generate',
    'code_analyze',
    'validate_output',
    'fact_check',
    'pii_detect',
    'safety_check',
    'generate_plan',
  ],
};

/** The scopes that come with a grant. The doors admit its holder to its arm's own routes only. */
export const grantScopes = ({ capabilities }: Pick<CapabilityGrant, 'capabilities'>): Scope[] =>
  SCOPES.filter((scope) => capabilities.some(({ action }) => ACTIONS[scope]?.includes(action)));
