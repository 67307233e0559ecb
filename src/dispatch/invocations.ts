import { counter, gauge } from '../common/metrics';

/** Both are moved by whatever runs an arm. */
export const invocations = counter('octollm_arm_invocations_total', 'Attempts at steps that came to an end', [
  'arm_id',
  'success',
]);
export const activeSteps = gauge('octollm_arms_active', 'Steps an arm is working on in this process', ['arm_id']);
