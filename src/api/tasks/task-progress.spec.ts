import type { TaskRecord } from '../../contracts/record';
import { progressMessage } from './task-progress';

const message = (changes: Partial<TaskRecord>) =>
  progressMessage({
    status: 'executing',
    error: null,
    waitingFor: null,
    stepsCompleted: 0,
    stepsTotal: 0,
    ...changes,
  } as TaskRecord);

describe('progressMessage', () => {
  it.each<[Partial<TaskRecord>, string]>([
    [{ status: 'accepted' }, 'Waiting to begin'],
    [{ status: 'accepted', waitingFor: 'a free place' }, 'Waiting for a free place'],
    [{ stepsCompleted: 2, stepsTotal: 5 }, 'Working: 2 of 5 steps are done'],
    [{}, 'Working'],
    [{ status: 'failed', error: { type: 'x', message: 'The budget is used up.' } }, 'The budget is used up.'],
    [{ status: 'cancelled' }, 'Cancelled'],
    [{ status: 'completed', stepsCompleted: 5, stepsTotal: 5 }, 'Completed'],
  ])('says for %j: %s', (changes, text) => expect(message(changes)).toBe(text));
});
