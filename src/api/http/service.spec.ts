import type { IncomingMessage } from 'node:http';
import { serviceNamed } from '../../contracts/service';
import { announcePort, forgetPort, prefixOf, serviceOf, stripPrefix } from './service';

const request = (url: string, method = 'GET'): IncomingMessage => ({ url, method }) as IncomingMessage;

describe('the service in an address', () => {
  it.each([
    ['/coder/code', 'POST', '/code', 'coder'],
    ['/safety-guardian/check', 'POST', '/check', 'safety-guardian'],
    ['/safety_guardian/check', 'POST', '/check', 'safety-guardian'],
    ['/guardian/health?x=1', 'GET', '/health?x=1', 'safety-guardian'],
    ['/coder-001/capabilities', 'GET', '/capabilities', 'coder'],
    ['/planner', 'GET', '/', 'planner'],
    ['/orchestrator/tasks', 'POST', '/tasks', 'orchestrator'],
    ['/reflex/reflex', 'POST', '/reflex', 'reflex'],
  ])('%s (%s) is %s of %s', (url, method, rest, service) => {
    const given = request(url, method);
    expect(stripPrefix(given)).toBe(rest);
    expect(prefixOf(given)).toBe(service);
  });

  it.each([
    ['/reflex', 'POST'],
    ['/tasks/coder', 'GET'],
    ['/weather/execute', 'POST'],
    ['/constructor/health', 'GET'],
    ['/__proto__/health', 'GET'],
    ['/health', 'GET'],
    ['/', 'GET'],
    ['//coder/x', 'GET'],
    ['/api/v1/reflex/process', 'POST'],
  ])('%s (%s) stays as it is', (url, method) => {
    const given = request(url, method);
    expect(stripPrefix(given)).toBe(url);
    expect(prefixOf(given)).toBeUndefined();
  });

  it('is that of the prefix, else that of the local port, else the orchestrator', () => {
    const at = (localPort: number, url: string): string => {
      const given = { url, method: 'GET', socket: { localPort } } as IncomingMessage;
      stripPrefix(given);
      return serviceOf(given);
    };
    announcePort(8005, 'coder');
    expect([at(8005, '/health'), at(8005, '/judge/health'), at(8000, '/health')]).toEqual([
      'coder',
      'judge',
      'orchestrator',
    ]);
    forgetPort(8005);
    expect(at(8005, '/health')).toBe('orchestrator');
  });

  it('knows the names the clients use', () => {
    expect(serviceNamed('safety')).toBe('safety-guardian');
    expect(serviceNamed('weather')).toBeUndefined();
  });
});
