import { TransientError, UserError } from '../../common/errors';
import { toFailed, toSucceeded } from './contract-answer.mapper';

const RUN = { taskId: 'task-1', arm: 'coder', now: new Date('2030-01-02T03:04:05Z'), durationMs: 12.6 };
const UNKNOWN = { estimated_cost_usd: null, quality_score: null, pii_detected: null, security_scan_passed: null };

it('hands on what the arm answered, and repeats of it what it tells', () => {
  const result = { success: true, confidence: 0.9, metadata: { tokens_used: 7, model: 'm' } };
  expect(toSucceeded(RUN, result)).toEqual({
    task_id: 'task-1',
    success: true,
    result,
    error: null,
    provenance: {
      ...UNKNOWN,
      task_id: 'task-1',
      arm_id: 'coder',
      timestamp: '2030-01-02T03:04:05.000Z',
      processing_time_ms: 13,
      processing_chain: ['coder'],
      tokens_consumed: 7,
      confidence: 0.9,
      model_used: 'm',
      model_version: null,
      metadata: {},
    },
  });
});

it.each([
  [{ success: false }, false],
  [{ valid: false }, true],
])('takes %j for success: %p', (result, success) => {
  expect(toSucceeded(RUN, result)).toMatchObject({ success, provenance: { ...UNKNOWN, tokens_consumed: 0 } });
});

it('tells a fault in the words of the contracts, and whether trying again may help', () => {
  const denied = new UserError('capability_denied', 'not granted', { details: { action: 'x' } });
  expect(toFailed(RUN, denied, '/execute')).toMatchObject({
    success: false,
    result: null,
    error: {
      error_code: 'INSUFFICIENT_CAPABILITIES',
      category: 'authorization',
      message: 'not granted',
      details: { action: 'x' },
      retryable: false,
      retry_after_seconds: null,
      suggestions: [],
    },
    provenance: { arm_id: 'coder', tokens_consumed: 0 },
  });
  const busy = new TransientError('service_unavailable', 'busy', { retryAfterSeconds: 3 });
  expect(toFailed(RUN, busy, '/execute')).toMatchObject({
    error: { error_code: 'EXTERNAL_SERVICE_ERROR', retryable: true, retry_after_seconds: 3 },
  });
});
