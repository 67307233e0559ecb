import { UserError } from '../../common/errors';
import { isUuid } from '../../common/ids';
import { echoText } from '../http/echo';

/** How a caller names a task: `task_<key>`, `<uuid>` or `task-<uuid>`. The answer uses the form of the question. */
export type TaskIdForm = 'key' | 'uuid' | 'guide';

export interface TaskReference {
  form: TaskIdForm;
  /** Lower-case UUID, or the 16-character key. */
  value: string;
}

const KEY = /^task_([A-Za-z0-9]{16})$/;
const GUIDE_PREFIX = 'task-';

/** Nothing for a text that cannot be the id of any task. */
export const parseTaskId = (text: string): TaskReference | undefined => {
  const key = KEY.exec(text)?.[1];
  if (key !== undefined) return { form: 'key', value: key };
  if (isUuid(text)) return { form: 'uuid', value: text.toLowerCase() };
  const rest = text.startsWith(GUIDE_PREFIX) ? text.slice(GUIDE_PREFIX.length) : '';
  return isUuid(rest) ? { form: 'guide', value: rest.toLowerCase() } : undefined;
};

export const formatTaskId = (task: { id: string; key: string }, form: TaskIdForm): string => {
  if (form === 'key') return `task_${task.key}`;
  return form === 'uuid' ? task.id : `${GUIDE_PREFIX}${task.id}`;
};

/** 404 for an unknown and for a malformed id alike, in the words the clients know. */
export const taskNotFound = (given: string): UserError =>
  new UserError('resource_not_found', `Task ${echoText(given)} not found`);
