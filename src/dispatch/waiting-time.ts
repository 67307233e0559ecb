/**
 * SQL for how long a task has been waiting for people, an interval: zero when no question about it is open. Every moment in which
 * one was open counts once, however many were, and what an answer has given back already does not count again. The current
 * transaction's `now()` ends it. `taskId` is an SQL expression.
 */
export const waitingTime = (taskId: string): string => `coalesce((
  SELECT now() - greatest(max(w.decided_at), min(w.created_at) FILTER (WHERE w.status = 'pending'))
  FROM approvals w WHERE w.task_id = ${taskId} HAVING bool_or(w.status = 'pending')
), interval '0')`;
