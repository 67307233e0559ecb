import type { TaskRecord } from '../../contracts/record';
import type { Wire } from '../http/types';
import { type Family, ID_FORMS } from './family';
import { statusWord } from './status-words';
import type { SubmittedTaskDto } from './submitted-task.dto';
import { formatTaskId } from './task-id';

/** The answer to a submit; families differ in the id's form and in the word for the first state. */
export const toSubmitted = (task: TaskRecord, family: Family): Wire<SubmittedTaskDto> => {
  const seconds = Math.round(task.estimatedDurationSeconds);
  return {
    task_id: formatTaskId(task, ID_FORMS[family]),
    // Work may have begun already; the clients expect to be told that it was taken.
    status: statusWord({ status: 'accepted', waitingFor: null }, family),
    message: 'Task submitted successfully',
    created_at: task.createdAt.toISOString(),
    estimated_duration_seconds: seconds,
    estimated_completion_seconds: seconds,
    estimated_completion: new Date(task.createdAt.getTime() + seconds * 1000).toISOString(),
  };
};
