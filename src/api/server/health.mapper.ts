import type { HealthReport } from '../../common/health';
import type { JsonObject } from '../../contracts/json';
import type { ServiceName } from '../../contracts/service';
import type { HealthDto, HealthWord, ReadyDto } from './health.dto';
import type { Wire } from '../http/types';

interface ServerFacts {
  version: string;
  uptimeSeconds: number;
  environment: string;
  now: Date;
  service: ServiceName;
  /** What that service tells beyond what all do. */
  more: JsonObject;
  /** Whether the queue is in Redis; else it is in PostgreSQL. */
  usesRedis: boolean;
}

const word = (ok: boolean): HealthWord => (ok ? 'healthy' : 'unhealthy');
const connection = (ok: boolean): string => (ok ? 'connected' : 'disconnected');

/**
 * The superset of all clients' health bodies. An optional part that is down degrades the server; it stays ready. Clients ask
 * for `redis` and mean the queue: without a Redis they are told how the queue is, and `components` what it runs on.
 */
export const toHealth = ({ probes }: HealthReport, facts: ServerFacts): Wire<HealthDto> => {
  const entries = Object.entries(probes);
  const hasQueue = probes['queue']?.ok ?? false;
  return {
    status: entries.every(([, { ok }]) => ok) ? 'healthy' : 'degraded',
    version: facts.version,
    uptime_seconds: Math.floor(facts.uptimeSeconds),
    timestamp: facts.now.toISOString(),
    components: {
      ...Object.fromEntries(entries.map(([name, { ok }]) => [name, word(ok)])),
      redis: facts.usesRedis ? word(hasQueue) : 'not configured: the queue is in PostgreSQL',
    },
    dependencies: { postgres: word(probes['database']?.ok ?? false), redis: word(hasQueue) },
    service: `octollm-${facts.service}`,
    environment: facts.environment,
    message: 'OK',
    ...(facts.service === 'reflex' && { redis: connection(hasQueue) }),
    ...facts.more,
  };
};

/** Clients of the reflex layer read texts under `checks`, those of all others yes or no. */
export const toReady = ({ ready, probes, at }: HealthReport, service: ServiceName): Wire<ReadyDto> => {
  const entries = Object.entries(probes);
  const isReflex = service === 'reflex';
  return {
    ready,
    checks: {
      ...Object.fromEntries(entries.map(([name, { ok }]) => [name, isReflex ? word(ok) : ok])),
      ...(isReflex && { redis: connection(probes['queue']?.ok ?? false) }),
    },
    details: Object.fromEntries(entries.map(([name, { message }]) => [name, message])),
    timestamp: at.toISOString(),
  };
};
