import type { HealthReport } from '../../common/health';
import { BUILT_IN_ARMS } from '../../contracts/arm';
import type { Wire } from '../http/types';
import type { Check, ContractHealthDto } from './contract-health.dto';

interface ServerFacts {
  version: string;
  uptimeSeconds: number;
  now: Date;
  /** Whether the queue is in Redis; else it is in PostgreSQL. */
  usesRedis: boolean;
}

const state = (ok: boolean | undefined): 'up' | 'down' => (ok === true ? 'up' : 'down');

/** Queue and vectors stand under the names of the servers that other installations keep them in. */
const toChecks = ({ probes }: HealthReport, usesRedis: boolean): Record<string, Check> => ({
  database: { status: state(probes['database']?.ok), latency_ms: probes['database']?.latencyMs ?? null },
  redis: { status: state(probes['queue']?.ok), backend: usesRedis ? 'redis' : 'postgresql' },
  qdrant: { status: state(probes['vector']?.ok) },
  arms: Object.fromEntries(BUILT_IN_ARMS.map((arm) => [arm, { status: 'up' }])),
});

/** Health in the words of the component contracts. */
export const toContractHealth = (report: HealthReport, facts: ServerFacts): Wire<ContractHealthDto> => ({
  status: Object.values(report.probes).every(({ ok }) => ok) ? 'healthy' : 'degraded',
  version: facts.version,
  uptime_seconds: Math.floor(facts.uptimeSeconds),
  timestamp: facts.now.toISOString(),
  checks: toChecks(report, facts.usesRedis),
});
