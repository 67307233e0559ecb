import { createServer } from 'node:http';
import { noteRoute, wrongMethod } from './known-routes';
import type { HttpRequest } from './types';

describe('wrongMethod', () => {
  const server = createServer();
  noteRoute(server, '/tasks/', ['POST', 'GET']);
  noteRoute(server, '/tasks/:id', 'GET');
  noteRoute(server, '/tasks/:id', 'DELETE');
  noteRoute(server, '/tasks/:task_id/cancel', 'POST');
  noteRoute(server, '/', 'GET');
  const allowed = (method: string, url: string): unknown =>
    wrongMethod({ method, url, originalUrl: url, server: { server } } as unknown as HttpRequest)?.details[
      'allowed_methods'
    ];

  it('knows what a path takes', () => {
    expect(allowed('PUT', '/tasks')).toEqual(['GET', 'POST']);
    expect(allowed('PUT', '/tasks/?x=1')).toEqual(['GET', 'POST']);
    expect(allowed('PUT', '/tasks/7')).toEqual(['DELETE', 'GET']);
    expect(allowed('GET', '/tasks/7/cancel')).toEqual(['POST']);
    expect(allowed('POST', '/')).toEqual(['GET']);
  });

  it('leaves alone what is not there at all', () => {
    for (const url of ['/task', '/tasks/7/8', '/tasks/7/cancel/now', '//tasks']) {
      expect(allowed('GET', url)).toBeUndefined();
    }
  });
});
