import { type ArmHealth, type ArmRecord, BUILT_IN } from '../../contracts/arm';
import type { Wire } from '../http/types';
import { VERSION } from '../http/version';
import type { ArmDto, ArmHealthDto } from './arm-response.dto';

/** An arm as every client reads it. `base` is where the caller reached this server, e.g. `http://127.0.0.1:8000`. */
export const toArmDto = (arm: ArmRecord, base: string): Wire<ArmDto> => {
  const endpoint = arm.endpoint ?? `${base}/${arm.id}`;
  const version = arm.kind === BUILT_IN ? VERSION : arm.version;
  const total = arm.successes + arm.failures;
  const latency = arm.meanDurationMs > 0 ? Math.round(arm.meanDurationMs) : arm.averageLatencyMs;
  const measured = latency === null ? {} : { average_latency_ms: latency };
  return {
    arm_id: arm.id,
    name: arm.name,
    description: arm.description,
    capabilities: arm.capabilities,
    cost_tier: arm.costTier,
    endpoint,
    status: arm.health,
    input_schema: arm.inputSchema,
    output_schema: arm.outputSchema,
    version,
    ...measured,
    max_concurrent: arm.maxConcurrent,
    max_concurrent_tasks: arm.maxConcurrent,
    ...(total > 0 && { success_rate: arm.successes / total }),
    health_check_endpoint: arm.healthEndpoint ?? `${endpoint}/health`,
    metadata: {
      version,
      technology: arm.kind === BUILT_IN ? 'TypeScript' : 'HTTP',
      ...measured,
      max_concurrent_tasks: arm.maxConcurrent,
      ...arm.metadata,
    },
    kind: arm.kind,
    ...(arm.lastError !== null && { last_error: arm.lastError }),
    ...(arm.lastSeenAt !== null && { last_seen_at: arm.lastSeenAt.toISOString() }),
  };
};

const WORDS: Record<ArmHealth, ArmHealthDto['status']> = {
  healthy: 'healthy',
  degraded: 'degraded',
  unavailable: 'unhealthy',
};

/** How a registered arm was when it was last asked. */
export const toArmHealth = (arm: ArmRecord): Wire<ArmHealthDto> => ({
  status: WORDS[arm.health],
  version: arm.version,
  arm_id: arm.id,
  capabilities: arm.capabilities,
  max_concurrent_tasks: arm.maxConcurrent,
  dependencies: {},
  ...(arm.lastError !== null && { message: arm.lastError }),
  ...(arm.lastSeenAt !== null && { timestamp: arm.lastSeenAt.toISOString() }),
});
