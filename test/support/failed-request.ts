import { serviceNamed } from '../../src/contracts/service';
import type { FailedRequest } from '../../src/api/http/failed-request';

/** What an error answer knows of a request such as `POST /tasks`, or with a service in front `POST /coder/execute`. */
export const requestTo = (line: string, changes: Partial<FailedRequest> = {}): FailedRequest => {
  const [method = 'GET', askedPath = '/'] = line.split(' ');
  const [, first = '', rest = '/'] = /^\/([^/]+)(\/.+)$/.exec(askedPath) ?? [];
  const prefix = serviceNamed(first);
  return {
    requestId: 'req_1',
    method,
    path: prefix === undefined ? askedPath : rest,
    askedPath,
    userAgent: '',
    dialect: '',
    prefix,
    service: prefix ?? 'orchestrator',
    ...changes,
  };
};
