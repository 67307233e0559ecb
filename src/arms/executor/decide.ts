import { UserError } from '../../common/errors';
import type { ExecutionRequest } from '../../contracts/direct';
import type { ExecutorCapability } from '../../contracts/executor-capability';
import { neededBy } from './capabilities';
import { checkEnvironment } from './environment';
import { commandOrder } from './http/command-order';
import { type HttpOrder, httpOrder } from './http/http-order';
import { type Order, orderOf } from './order';
import { argumentFault } from './rules/rules';

/** What may go ahead, as far as it can be known without asking the network. `name` is for people. */
export type Decision = { name: string } & (
  | { kind: 'program'; runtime: 'python' | 'javascript'; source: string; args: string[] }
  | { kind: 'command'; args: string[] }
  | { kind: 'http'; http: HttpOrder }
);

const denied = (message: string): UserError => new UserError('capability_denied', message);

const needsOf = (order: Order): ExecutorCapability[] => {
  if (order.kind === 'http') return order.words[0]?.toUpperCase() === 'POST' ? ['HttpPost'] : ['HttpGet'];
  return neededBy(commandOf(order));
};

/** The word that stands on the allow-list. A request over HTTP that names no command goes by its host alone. */
const commandOf = (order: Exclude<Order, { kind: 'http' }>): string => {
  if (order.kind === 'command') return order.name;
  return order.runtime === 'python' ? 'python3' : 'node';
};

const checkGrant = (
  { capabilities, allowNetwork }: ExecutionRequest,
  needed: ExecutorCapability[],
  name: string,
): void => {
  const missing = needed.filter((capability) => !capabilities.includes(capability));
  if (missing.length > 0) throw denied(`${name} needs ${missing.join(' and ')}, which this request does not have.`);
  if (allowNetwork || !needed.some((capability) => capability.startsWith('Http'))) return;
  throw denied(`${name} needs the network, which this request leaves off; set allow_network to true.`);
};

/**
 * Whether and how a request may be carried out: capability, allow-list, argument rules. `needs` learns what the request needs
 * as soon as that is known. Errors: `UserError` `capability_denied`, `validation_error`, `resource_not_found`.
 *
 * @param commands the allow-list
 */
export const decide = (
  request: ExecutionRequest,
  commands: readonly string[],
  needs: (capabilities: ExecutorCapability[]) => void = () => undefined,
): Decision => {
  const order = orderOf(request);
  const needed = needsOf(order);
  needs(needed);
  if (order.kind === 'http') {
    checkGrant(request, needed, 'A request over HTTP');
    return { kind: 'http', name: 'a request over HTTP', http: httpOrder(order.words) };
  }
  const name = commandOf(order);
  const shown = `'${name.slice(0, 60)}'`;
  checkGrant(request, needed, shown);
  if (!commands.includes(name)) {
    throw denied(`${shown} is not allowed here; allowed are ${commands.join(', ')} (EXECUTOR_COMMANDS).`);
  }
  checkEnvironment(request.env);
  if (order.kind === 'program') return { ...order, name };
  if (name === 'curl' || name === 'wget') return { kind: 'http', name, http: commandOrder(name, order.args) };
  const fault = argumentFault(name, order.args);
  if (fault !== undefined) throw denied(`${name} ${fault}.`);
  return { ...order, name };
};
