import { healthOf } from './checkup.service';

it.each([
  [200, { status: 'healthy' }, 'healthy'],
  [200, {}, 'healthy'],
  [200, undefined, 'healthy'],
  [200, { status: 'degraded' }, 'degraded'],
  [200, { status: 'unhealthy' }, 'unavailable'],
  [404, {}, 'degraded'],
  [503, { status: 'healthy' }, 'unavailable'],
  [302, {}, 'unavailable'],
])('an arm that answers %i %j is %s', (status, json, health) => {
  const found = healthOf({ status, json, headers: {} });
  expect(found.health).toBe(health);
  expect(found.error === null).toBe(health === 'healthy');
});
