import { counter } from '../common/metrics';

/** Moved by whatever runs an arm. */
export const invocations = counter('octollm_arm_invocations_total', 'Attempts at steps that came to an end', [
  'arm_id',
  'success',
]);
