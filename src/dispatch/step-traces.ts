/**
 * The end of an attempt ($3) at a step ($2), if it is still the current one. `task` is the row of its task, locked. Returns the
 * step's row and `duration_ms`.
 */
export const FINISHED = `
  finished_at = now(), lease_expires_at = NULL
  FROM task
  WHERE s.id = $2 AND s.task_id = task.id AND s.attempt = $3 AND s.status = 'running'
  RETURNING s.*, (extract(epoch FROM now() - s.started_at) * 1000)::int AS duration_ms`;

/**
 * What every finished attempt leaves: an event, and a line in the action log. `task` has a column `holder`.
 * @param more key-value pairs for both.
 * @param proof key-value pairs for the log alone.
 * @param mark the parameters that hold the line's `ActionMark`: id and mark.
 */
export const traces = (
  event: 'step.succeeded' | 'step.failed',
  { more, proof = '', mark: [id, mark] }: { more: string; proof?: string; mark: [id: string, mark: string] },
): string => `
  numbered AS (
    UPDATE tasks t SET event_seq = t.event_seq + 1, updated_at = now()
    FROM finished WHERE t.id = finished.task_id
    RETURNING t.event_seq
  ), event AS (
    INSERT INTO events (task_id, seq, type, data)
    SELECT s.task_id, numbered.event_seq, '${event}',
           jsonb_build_object('key', s.key, 'kind', s.kind, 'arm', s.arm, 'duration_ms', s.duration_ms, ${more})
    FROM finished s, numbered
  ), logged AS (
    INSERT INTO action_log (id, mark, task_id, arm_id, action_type, action_details, result)
    SELECT ${id}::uuid, ${mark}, 'task-' || s.task_id, s.arm, s.kind,
           jsonb_build_object('step', s.key, 'action', s.action, 'attempt', s.attempt, 'holder', task.holder),
           jsonb_build_object('success', s.status = 'succeeded', 'duration_ms', s.duration_ms, ${more}${proof && `, ${proof}`})
    FROM finished s, task
  )`;
