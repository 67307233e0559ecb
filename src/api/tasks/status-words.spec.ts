import { TASK_STATUSES, type TaskStatus } from '../../contracts/task';
import type { Family } from './family';
import { STATUS_FILTERS, statesNamed, statusWord, statusWords } from './status-words';

const word = (status: TaskStatus, family: Family) => statusWord({ status, waitingFor: null }, family);

describe('status words', () => {
  it.each<[TaskStatus, string, string, string, string]>([
    ['accepted', 'queued', 'pending', 'accepted', 'accepted'],
    ['planning', 'processing', 'processing', 'planning', 'running'],
    ['executing', 'processing', 'processing', 'executing', 'running'],
    ['validating', 'processing', 'processing', 'executing', 'running'],
    ['completed', 'completed', 'completed', 'completed', 'completed'],
    ['failed', 'failed', 'failed', 'failed', 'failed'],
    ['cancelled', 'cancelled', 'cancelled', 'failed', 'cancelled'],
  ])('of %s are %s, %s, %s and %s', (status, sdk, openapi, guide, contract) => {
    expect(word(status, 'sdk')).toBe(sdk);
    expect(word(status, 'openapi')).toBe(openapi);
    expect(word(status, 'guide')).toBe(guide);
    expect(word(status, 'contract')).toBe(contract);
  });

  it('say pending in the guide only for a task that is held back before any work', () => {
    const waitingFor = 'other tasks to end';
    expect(statusWord({ status: 'accepted', waitingFor }, 'guide')).toBe('pending');
    expect(statusWord({ status: 'executing', waitingFor }, 'guide')).toBe('executing');
    expect(statusWord({ status: 'accepted', waitingFor }, 'contract')).toBe('accepted');
  });

  it('are listed once each', () => {
    expect(statusWords('sdk')).toEqual(['queued', 'processing', 'completed', 'failed', 'cancelled']);
    expect(statusWords('guide')).toEqual(['pending', 'accepted', 'planning', 'executing', 'completed', 'failed']);
  });

  it('filter by whatever a client reads', () => {
    for (const family of ['sdk', 'openapi', 'guide', 'contract'] as const) {
      expect(STATUS_FILTERS).toEqual(expect.arrayContaining(statusWords(family)));
    }
    for (const status of TASK_STATUSES) expect(statesNamed(status)).toContain(status);
    expect(statesNamed('processing')).toEqual(['planning', 'executing', 'validating']);
    expect(statesNamed('queued')).toEqual(['accepted']);
  });
});
