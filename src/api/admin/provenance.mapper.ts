import type { JsonValue } from '../../contracts/json';
import type { ActionRecord, ChainReport } from '../../contracts/provenance';
import type { Wire } from '../http/types';
import type { ActionRecordDto, ChainReportDto } from './provenance.dto';

const textOf = (...candidates: (JsonValue | undefined)[]): string | null =>
  candidates.find((value): value is string => typeof value === 'string' && value !== '') ?? null;
const numberOf = (...candidates: (JsonValue | undefined)[]): number | null =>
  candidates.find((value): value is number => typeof value === 'number') ?? null;
const textsOf = (value: JsonValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** Lines differ in what they know, and in which of their two halves they tell it. */
export const toActionRecord = ({ details, result, ...line }: ActionRecord): Wire<ActionRecordDto> => ({
  id: line.id,
  task_id: line.taskId,
  arm_id: line.armId,
  user_id: textOf(details['holder'], details['by']),
  action_type: line.type,
  action: textOf(details['action'], details['action_type']),
  command_hash: textOf(details['command_hash'], result['command_hash']),
  timestamp: line.timestamp.toISOString(),
  duration_ms: numberOf(result['duration_ms'], details['duration_ms']),
  capabilities_used: textsOf(details['capabilities_used'] ?? result['capabilities_used']),
  capability_token_id: textOf(details['capability_token_id'], result['capability_token_id'], details['grant_id']),
  success: [result['success'], details['success']].find((value) => typeof value === 'boolean') ?? null,
  exit_code: numberOf(result['exit_code'], details['exit_code']),
  output_hash: textOf(result['output_hash'], details['output_hash']),
  signature: line.hash,
  previous_signature: line.previousHash,
  position: line.position,
  details,
  result,
});

export const toChainReport = (report: ChainReport): Wire<ChainReportDto> => ({
  intact: report.intact,
  rows_checked: report.rowsChecked,
  rows_accepted: report.rowsAccepted,
  rows_waiting: report.rowsWaiting,
  first_position: report.first,
  last_position: report.last,
  first_bad_position: report.faults[0]?.position ?? null,
  faults: report.faults,
  fault_count: report.faultCount,
  duration_ms: report.durationMs,
});
