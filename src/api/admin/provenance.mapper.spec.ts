import type { ActionRecord, ChainReport } from '../../contracts/provenance';
import { toActionRecord, toChainReport } from './provenance.mapper';

const line: ActionRecord = {
  id: 'id',
  taskId: 'task-1',
  armId: 'executor',
  type: 'execute',
  details: {
    holder: 'key:1',
    action_type: 'shell',
    command_hash: 'c',
    capabilities_used: ['ShellRead'],
    grant_id: 'g',
  },
  result: { success: false, exit_code: 3, duration_ms: 12, output_hash: 'o' },
  timestamp: new Date('2030-01-02T03:04:05.006Z'),
  position: 7,
  previousHash: 'p',
  hash: 'h',
};

describe('provenance on the wire', () => {
  it('has the names of the contract', () => {
    expect(toActionRecord(line)).toEqual({
      id: 'id',
      task_id: 'task-1',
      arm_id: 'executor',
      user_id: 'key:1',
      action_type: 'execute',
      action: 'shell',
      command_hash: 'c',
      timestamp: '2030-01-02T03:04:05.006Z',
      duration_ms: 12,
      capabilities_used: ['ShellRead'],
      capability_token_id: 'g',
      success: false,
      exit_code: 3,
      output_hash: 'o',
      signature: 'h',
      previous_signature: 'p',
      position: 7,
      details: line.details,
      result: line.result,
    });
  });

  it('says null for what a line does not know', () => {
    const bare = toActionRecord({ ...line, details: { holder: '' }, result: {}, position: null, hash: null });
    expect(bare).toMatchObject({ user_id: null, action: null, command_hash: null, success: null, exit_code: null });
    expect(bare).toMatchObject({ capabilities_used: [], capability_token_id: null, signature: null, position: null });
  });

  it('tells the first bad position, if there is one', () => {
    const fault = { kind: 'changed_row', position: 4, id: 'x', message: 'm' } as const;
    const report: ChainReport = {
      intact: false,
      rowsChecked: 9,
      rowsAccepted: 1,
      rowsWaiting: 2,
      first: 2,
      last: 10,
      faults: [fault, { ...fault, position: 6 }],
      faultCount: 2,
      durationMs: 5,
    };
    expect(toChainReport(report)).toMatchObject({ first_bad_position: 4, fault_count: 2, rows_waiting: 2 });
    expect(toChainReport({ ...report, faults: [] }).first_bad_position).toBeNull();
  });
});
