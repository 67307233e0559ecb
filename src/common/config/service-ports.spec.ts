import { parseConfig } from './load-config';
import { readServicePorts } from './service-ports';

describe('SERVICE_PORTS', () => {
  it('is off, on or a list', () => {
    expect(readServicePorts('off')).toEqual([]);
    expect(readServicePorts('On')).toHaveLength(8);
    expect(readServicePorts('on')).toContainEqual({ port: 8080, service: 'reflex' });
    expect(readServicePorts('8005=coder, 8100=coder,8007=guardian')).toEqual([
      { port: 8005, service: 'coder' },
      { port: 8100, service: 'coder' },
      { port: 8007, service: 'safety-guardian' },
    ]);
    expect(readServicePorts('0=coder,0=judge')).toHaveLength(2);
  });

  it.each([
    ['99999=coder', /"99999=coder" names no port from 0 to 65535/],
    ['coder=8005', /names no port/],
    ['8005', /a list such as 8005=coder/],
    ['8103=weather', /"8103=weather" names no service of orchestrator, reflex/],
    ['8005=coder,8005=judge', /port 8005 stands in it twice/],
    ['8005=coder,', /a list such as 8005=coder/],
    ['yes', /off, on .* or a list/],
  ])('refuses %s when the server starts', (text, problem) => {
    expect(readServicePorts(text)).toMatch(problem);
    expect(() => parseConfig({ SERVICE_PORTS: text })).toThrow(problem);
  });
});
