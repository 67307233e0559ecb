import type { IncomingMessage } from 'node:http';
import { prefixOf, serviceNamed, stripPrefix } from './service';

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
    ['/health', 'GET'],
    ['/', 'GET'],
    ['//coder/x', 'GET'],
    ['/api/v1/reflex/process', 'POST'],
  ])('%s (%s) stays as it is', (url, method) => {
    const given = request(url, method);
    expect(stripPrefix(given)).toBe(url);
    expect(prefixOf(given)).toBeUndefined();
  });

  it('knows the names the clients use', () => {
    expect(serviceNamed('safety')).toBe('safety-guardian');
    expect(serviceNamed('weather')).toBeUndefined();
  });
});
