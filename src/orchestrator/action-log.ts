import { jsonHash } from '../common/json-hash';

/** The lines that a task leaves in the action log on its way, as SQL. `id` and `mark` are the parameters of an `ActionMark`. */
const LINE = 'INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)';

/** `task`: rows with `id` and `holder`. */
export const received = (task: string, id: string, mark: string): string => `
  ${LINE}
  SELECT ${id}::uuid, ${mark}, 'task-' || t.id, 'orchestrator', 'received', jsonb_build_object('holder', t.holder),
         '{"success": true}'
  FROM ${task} t`;

/** `plan`: rows of `plans`. */
export const planned = (plan: string, id: string, mark: string): string => `
  ${LINE}
  SELECT ${id}::uuid, ${mark}, 'task-' || p.task_id, 'orchestrator', 'planned',
         jsonb_build_object('plan_id', p.id, 'source', p.source, 'holder', t.holder),
         jsonb_build_object('success', TRUE, 'steps', jsonb_array_length(p.steps), 'output_hash', ${jsonHash('p.steps')})
  FROM ${plan} p JOIN tasks t ON t.id = p.task_id`;

/** `task`: rows of `tasks` that have just ended. */
export const returned = (task: string, id: string, mark: string): string => `
  ${LINE}
  SELECT ${id}::uuid, ${mark}, 'task-' || t.id, 'orchestrator', 'returned',
         jsonb_build_object('holder', t.holder, 'status', t.status, 'code', t.error->>'type'),
         jsonb_build_object('success', t.status = 'completed', 'output_hash', ${jsonHash('t.result')},
                            'duration_ms', (extract(epoch FROM t.completed_at - t.created_at) * 1000)::int)
  FROM ${task} t`;
