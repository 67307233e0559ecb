import type { Scope } from '../../contracts/caller';
import { type ServiceName, serviceNamed } from '../../contracts/service';
import type { ExecuteTarget } from './arm-doors.service';

/** Fields by which a body shows whose it is; the first that fits decides. */
const SIGNS: [ExecuteTarget, string[]][] = [
  ['executor', ['command']],
  ['coder', ['request_type', 'operation']],
  ['judge', ['validation_types', 'criteria', 'output']],
  ['safety-guardian', ['check_types', 'content']],
  ['retriever', ['query']],
  ['planner', ['goal']],
];

/**
 * Who answers `POST /execute`: the arm named in front of it, else the one whose body it is, else the executor. The component
 * contracts have a body of their own under every name.
 */
export const executeTarget = (body: unknown, prefix: ServiceName | undefined): ExecuteTarget => {
  const has = (name: string): boolean => typeof body === 'object' && body !== null && Object.hasOwn(body, name);
  if (has('task_contract')) return 'contract';
  if (prefix !== undefined && prefix !== 'orchestrator') return prefix;
  if (has('code') && has('action_type')) return 'executor';
  return SIGNS.find(([, names]) => names.some(has))?.[0] ?? 'executor';
};

const assignedArm = (body: unknown): unknown =>
  (body as { task_contract?: { assigned_arm?: unknown } | null }).task_contract?.assigned_arm;

/** The arm that does what a request to `/execute` asks for. Undefined when a contract names none of ours. */
export const executeArm = (body: unknown, prefix: ServiceName | undefined): ServiceName | undefined => {
  const target = executeTarget(body, prefix);
  return target === 'contract' ? contractArm(body, prefix) : target;
};

/** The scope that a request to `/execute` needs: that of the arm's own route. */
export const executeScope = (body: unknown, prefix: ServiceName | undefined): Scope => {
  const arm = executeArm(body, prefix);
  if (arm === 'executor') return 'sandbox:execute';
  return arm === 'retriever' ? 'memory:read' : 'task:submit';
};

/**
 * The arm a task contract is for: the one in the address, else the one it names itself, by whichever of its names, else the
 * executor. Undefined when it names none of ours.
 */
export const contractArm = (body: unknown, prefix: ServiceName | undefined): ServiceName | undefined => {
  if (prefix !== undefined && prefix !== 'orchestrator') return prefix;
  const assigned = assignedArm(body);
  return typeof assigned === 'string' ? serviceNamed(assigned) : 'executor';
};
