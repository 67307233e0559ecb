import type { ArmAnswer } from '../../intake/intake.port';
import type { Wire } from './types';
import type { ArmUsageDto } from './arm-usage.dto';

/** What an answer took, in the words of every arm's `metadata`. */
export const toArmUsage = ({ models, tokensUsed, costUsd, durationMs }: ArmAnswer): Wire<ArmUsageDto> => ({
  model: models.at(-1) ?? 'none',
  tokens_used: tokensUsed,
  cost_usd: costUsd,
  duration_ms: Math.round(durationMs),
});
