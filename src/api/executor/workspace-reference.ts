import { isUuid } from '../../common/ids';
import { runIdOf } from './execute.mapper';

const KEY = /^task_([A-Za-z0-9]{16})$/;

/** UUID or key of the execution (`sbx_…`) or task (`task_…`, `task-<uuid>`, `<uuid>`) that a caller names; nothing for other texts. */
export const workspaceReference = (text: string): string | undefined => {
  const uuid = runIdOf(text) ?? text.replace(/^task-/, '').toLowerCase();
  return isUuid(uuid) ? uuid : KEY.exec(text)?.[1];
};
