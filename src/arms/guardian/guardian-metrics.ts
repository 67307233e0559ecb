import type { Check, CheckIssue, CheckReply } from '../../contracts/direct';
import { counter, histogram } from '../../common/metrics';
import { isUnsafe } from './risk';

const checked = counter('safety_checks_total', 'Checks of texts', ['check_type', 'result']);
const found = counter('safety_issues_by_type', 'What checks found', ['type', 'pattern']);
const blocked = counter('safety_blocked_requests_total', 'Texts of high or critical risk');
const seconds = histogram(
  'safety_check_duration_seconds',
  'Time of all checks of one text',
  [],
  [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5],
);

/** Moves what `/metrics` says of the guardian. */
export const observe = (
  { issues, risk }: Pick<CheckReply, 'risk'> & { issues: readonly Pick<CheckIssue, 'type' | 'pattern'>[] },
  checks: readonly Check[],
  durationMs: number,
): void => {
  const result = isUnsafe(risk) ? 'unsafe' : 'safe';
  for (const check of checks) checked.inc({ check_type: check, result });
  for (const { type, pattern } of issues) found.inc({ type, pattern });
  if (result === 'unsafe') blocked.inc();
  seconds.observe({}, durationMs / 1000);
};
