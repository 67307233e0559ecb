import type { JsonObject, JsonValue } from '../../contracts/json';
import { toConstraints, toContext } from '../http/steering';
import type { Wire } from '../http/types';
import type { ContractExecuteDto } from './contract-execute.dto';

type Request = Wire<ContractExecuteDto>;
/** What a contract says, in the forms the arms' own routes take. */
interface Said {
  goal: string;
  context: JsonObject;
  constraints: string[];
  criteria: string[];
  timeoutSeconds: number;
}

const pick = (from: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
const without = (from: JsonObject, ...names: string[]): JsonObject =>
  Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
const text = (value: JsonValue | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

const MOST_QUERY = 500;
const CODE_FIELDS = ['operation', 'language', 'existing_code', 'style_guide', 'include_tests', 'include_docstrings'];

const EXECUTE_FIELDS = [
  ...['action_type', 'command', 'args', 'code', 'env', 'cwd', 'allow_network'],
  ...['engine', 'input', 'files', 'workspace', 'wait_for_approval'],
];

/** How the route of each arm wants to be asked for what a contract says. The context may fill in further fields of it. */
const BODIES: Record<string, (said: Said) => JsonObject> = {
  planner: ({ goal, context, constraints, criteria }) => ({
    goal,
    context,
    constraints,
    acceptance_criteria: criteria,
  }),
  executor: ({ context, timeoutSeconds }) => ({
    ...pick(context, ...EXECUTE_FIELDS),
    timeout_seconds: timeoutSeconds,
  }),
  retriever: ({ goal, context }) => ({
    // Goals may be longer than a query.
    query: goal.slice(0, MOST_QUERY),
    ...pick(context, 'query', 'method', 'limit', 'filters', 'min_score'),
  }),
  coder: ({ goal, context, constraints }) => ({
    operation: 'generate',
    prompt: goal,
    constraints,
    ...pick(context, ...CODE_FIELDS),
    context: without(context, ...CODE_FIELDS),
  }),
  judge: ({ goal, context, criteria }) => ({
    output: context['output'] ?? goal,
    acceptance_criteria: criteria,
    ...pick(context, 'validation_types', 'expected_schema'),
  }),
  'safety-guardian': ({ goal, context }) => ({ content: text(context['content']) ?? text(context['text']) ?? goal }),
};

/** The body for the arm's own route; undefined for what is no arm. */
export const armBody = (arm: string, { task_contract: contract, timeout_seconds }: Request): JsonObject | undefined => {
  if (!Object.hasOwn(BODIES, arm)) return undefined;
  return BODIES[arm]?.({
    goal: contract.goal,
    context: toContext(contract.context),
    constraints: toConstraints(contract.constraints),
    criteria: contract.acceptance_criteria ?? [],
    timeoutSeconds: timeout_seconds ?? 30,
  });
};
