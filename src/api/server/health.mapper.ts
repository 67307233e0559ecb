import type { HealthReport } from '../../common/health';
import type { HealthDto, HealthWord, ReadyDto } from './health.dto';
import type { Wire } from '../http/types';

interface ServerFacts {
  version: string;
  uptimeSeconds: number;
  environment: string;
  now: Date;
}

const word = (ok: boolean): HealthWord => (ok ? 'healthy' : 'unhealthy');

/** The superset of all clients' health bodies. An optional part that is down degrades the server; it stays ready. */
export const toHealth = ({ probes }: HealthReport, facts: ServerFacts): Wire<HealthDto> => {
  const entries = Object.entries(probes);
  return {
    status: entries.every(([, { ok }]) => ok) ? 'healthy' : 'degraded',
    version: facts.version,
    uptime_seconds: Math.floor(facts.uptimeSeconds),
    timestamp: facts.now.toISOString(),
    components: Object.fromEntries(entries.map(([name, { ok }]) => [name, word(ok)])),
    dependencies: { postgres: word(probes['database']?.ok ?? false), redis: word(probes['queue']?.ok ?? false) },
    service: 'octollm-orchestrator',
    environment: facts.environment,
    message: 'OK',
  };
};

export const toReady = ({ ready, probes, at }: HealthReport): Wire<ReadyDto> => {
  const entries = Object.entries(probes);
  return {
    ready,
    checks: Object.fromEntries(entries.map(([name, { ok }]) => [name, ok])),
    details: Object.fromEntries(entries.map(([name, { message }]) => [name, message])),
    timestamp: at.toISOString(),
  };
};
