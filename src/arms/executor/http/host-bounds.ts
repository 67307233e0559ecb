import type { ExecutionRequest } from '../../../contracts/direct';
import { type ExecutorCapability, isHttpCapability } from '../../../contracts/executor-capability';
import type { HttpBounds } from './guarded-http.service';
import { plainHosts } from './hosts';

/**
 * Where a request may go: to hosts on the server's list, or with `HttpAllHosts` to those that this is granted for, and of them only
 * to those that what it needs is granted for.
 */
export const hostBounds = (
  { capabilities, hosts = {} }: Pick<ExecutionRequest, 'capabilities' | 'hosts'>,
  needs: readonly ExecutorCapability[],
  listed: readonly string[],
): Pick<HttpBounds, 'hosts' | 'granted'> => {
  const { HttpAllHosts: beyond } = hosts;
  const mayLeaveList = capabilities.includes('HttpAllHosts');
  const narrowed = needs.filter(isHttpCapability).flatMap((capability) => hosts[capability] ?? []);
  return {
    hosts: !mayLeaveList ? listed : beyond && [...listed, ...plainHosts(beyond)],
    ...(narrowed.length > 0 && { granted: plainHosts(narrowed) }),
  };
};
