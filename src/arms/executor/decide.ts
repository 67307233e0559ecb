import { UserError } from '../../common/errors';
import type { ExecutionRequest } from '../../contracts/direct';
import type { ExecutorCapability } from '../../contracts/executor-capability';
import { RUNS_CODE, knownOf } from './capabilities';
import { checkEnvironment } from './environment';
import { commandOrder } from './http/command-order';
import { type HttpOrder, httpOrder } from './http/http-order';
import type { Order, ProgramRuntime } from './order';
import { argumentFault } from './rules/rules';
import type { Tool } from './tools/tool';

/** An order whose tool, if it is for one, has been fetched. */
export type Fetched = Exclude<Order, { kind: 'tool' }> | { kind: 'tool'; tool: Tool };

/** What may go ahead, as far as it can be known without asking the network or a person. `name` is for people. */
export type Decision = {
  name: string;
  needs: ExecutorCapability[];
  /** Of what it needs, what counts only once a person has agreed. */
  onApproval: ExecutorCapability[];
  /** Seconds, where it may take less than the request allows. */
  maxSeconds?: number;
} & (
  | { kind: 'program'; runtime: ProgramRuntime; source: string; args: string[] }
  | { kind: 'script'; source: string }
  | { kind: 'tool'; tool: Tool }
  | { kind: 'command'; args: string[] }
  | { kind: 'http'; http: HttpOrder }
);

const denied = (message: string): UserError => new UserError('capability_denied', message);

const needsOf = (order: Fetched): ExecutorCapability[] => {
  switch (order.kind) {
    case 'http':
      return order.words[0]?.toUpperCase() === 'POST' ? ['HttpPost'] : ['HttpGet'];
    case 'command':
      return knownOf(order.name).needs;
    case 'tool':
      return order.tool.capabilities;
    default:
      return RUNS_CODE;
  }
};

const PROGRAMS: Record<ProgramRuntime, string> = {
  python: 'a Python program',
  javascript: 'a JavaScript program',
  typescript: 'a TypeScript program',
};
const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Returns what counts only once a person has agreed. */
const checkGrant = (
  { capabilities, withApproval = [], allowNetwork }: ExecutionRequest,
  needed: ExecutorCapability[],
  name: string,
): ExecutorCapability[] => {
  const missing = needed.filter((capability) => !capabilities.includes(capability));
  const refused = missing.filter((capability) => !withApproval.includes(capability));
  if (refused.length > 0) throw denied(`${name} needs ${refused.join(' and ')}, which this request does not have.`);
  if (!allowNetwork && needed.some((capability) => capability.startsWith('Http'))) {
    throw denied(`${name} needs the network, which this request leaves off; set allow_network to true.`);
  }
  return missing;
};

/**
 * Whether and how a request may be carried out: capability, allow-list, argument rules. `learn` is told what the request needs
 * as soon as that is known. Errors: `UserError` `capability_denied`, `validation_error`.
 *
 * The list is of commands: of programs of this machine and what they are told to do. What is not one goes by its capability: a
 * program given as source runs on the interpreter that the sandbox brings, a request over HTTP that names no command by its host
 * besides, a QuickJS program can reach nothing, and a tool was laid out by the owner of the server.
 *
 * @param commands the allow-list
 */
export const decide = (
  order: Fetched,
  request: ExecutionRequest,
  commands: readonly string[],
  learn: (capabilities: ExecutorCapability[]) => void = () => undefined,
): Decision => {
  const needs = needsOf(order);
  learn(needs);
  const granted = (name: string) => ({ needs, onApproval: checkGrant(request, needs, name) });
  switch (order.kind) {
    case 'program': {
      const name = PROGRAMS[order.runtime];
      const grant = granted(capitalised(name));
      checkEnvironment(request.env);
      return { ...order, name, ...grant };
    }
    case 'http':
      return {
        kind: 'http',
        name: 'a request over HTTP',
        ...granted('A request over HTTP'),
        http: httpOrder(order.words),
      };
    case 'script':
      return { ...order, name: 'a QuickJS program', ...granted('A QuickJS program') };
    case 'tool': {
      const name = `the tool ${order.tool.name}`;
      const { timeoutSeconds } = order.tool;
      checkEnvironment(request.env);
      return { ...order, name, ...granted(name), ...(timeoutSeconds !== undefined && { maxSeconds: timeoutSeconds }) };
    }
    default:
      return onTheList(order, granted, commands, request.env);
  }
};

const onTheList = (
  order: Extract<Order, { kind: 'command' }>,
  granted: (name: string) => Pick<Decision, 'needs' | 'onApproval'>,
  commands: readonly string[],
  env: Record<string, string>,
): Decision => {
  const { name } = order;
  const shown = `'${name.slice(0, 60)}'`;
  const grant = granted(shown);
  if (!commands.includes(name)) {
    throw denied(`${shown} is not allowed here; allowed are ${commands.join(', ')} (EXECUTOR_COMMANDS).`);
  }
  checkEnvironment(env);
  if (name === 'curl' || name === 'wget') return { kind: 'http', name, ...grant, http: commandOrder(name, order.args) };
  const fault = argumentFault(name, order.args);
  if (fault !== undefined) throw denied(`${name} ${fault}.`);
  const { maxSeconds } = knownOf(name);
  return { ...order, name, ...grant, ...(maxSeconds !== undefined && { maxSeconds }) };
};
