import type { ServiceName } from '../../contracts/service';
import { contractArm, executeScope, executeTarget } from './execute-target';

it.each<[object | undefined, ServiceName | undefined, string, string]>([
  [{ command: 'ls' }, undefined, 'executor', 'sandbox:execute'],
  [{ action_type: 'python', code: 'print(1)' }, undefined, 'executor', 'sandbox:execute'],
  [{ command: 'ls', request_type: 'generate' }, undefined, 'executor', 'sandbox:execute'],
  [{ request_type: 'generate', instruction: 'x' }, undefined, 'coder', 'task:submit'],
  [{ operation: 'debug', prompt: 'x', code: 'y' }, undefined, 'coder', 'task:submit'],
  [{ output: 'x', criteria: [] }, undefined, 'judge', 'task:submit'],
  [{ content: 'x' }, undefined, 'safety-guardian', 'task:submit'],
  [{ query: 'x' }, undefined, 'retriever', 'memory:read'],
  [{ goal: 'x' }, undefined, 'planner', 'task:submit'],
  [{}, undefined, 'executor', 'sandbox:execute'],
  [undefined, undefined, 'executor', 'sandbox:execute'],
  [{ goal: 'x' }, 'orchestrator', 'planner', 'task:submit'],
  [{ command: 'ls' }, 'coder', 'coder', 'task:submit'],
  [{ goal: 'x' }, 'executor', 'executor', 'sandbox:execute'],
  [{ task_contract: { task_id: '1' } }, 'coder', 'contract', 'task:submit'],
  [{ task_contract: {} }, 'executor', 'contract', 'sandbox:execute'],
  [{ task_contract: { assigned_arm: 'retriever' } }, undefined, 'contract', 'memory:read'],
  [{ task_contract: { assigned_arm: 'executor-001' } }, undefined, 'contract', 'sandbox:execute'],
  [{ task_contract: { assigned_arm: 'retriever-001' } }, undefined, 'contract', 'memory:read'],
  [{ task_contract: null }, undefined, 'contract', 'sandbox:execute'],
])('%j under %p is for %s', (body, prefix, target, scope) => {
  expect(executeTarget(body, prefix)).toBe(target);
  expect(executeScope(body, prefix)).toBe(scope);
});

it('knows the arm of a contract', () => {
  expect(contractArm({ task_contract: { assigned_arm: 'judge' } }, 'coder')).toBe('coder');
  expect(contractArm({ task_contract: { assigned_arm: 'judge' } }, 'orchestrator')).toBe('judge');
  expect(contractArm({ task_contract: { assigned_arm: 'guardian' } }, undefined)).toBe('safety-guardian');
  expect(contractArm({ task_contract: { assigned_arm: 'nobody' } }, undefined)).toBeUndefined();
  expect(contractArm({ task_contract: {} }, undefined)).toBe('executor');
});
