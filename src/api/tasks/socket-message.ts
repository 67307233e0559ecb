import { echoText } from '../http/echo';

/** What a client says over a WebSocket. */
export type ClientMessage =
  { type: 'subscribe' | 'unsubscribe'; taskId: string } | { type: 'ping' } | { type: 'bad'; message: string };

const HELP =
  'Send {"type":"subscribe","task_id":"…"}, {"task_id":"…"}, {"type":"unsubscribe","task_id":"…"} or {"type":"ping"}.';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const bad = (problem: string): ClientMessage => ({ type: 'bad', message: `${problem} ${HELP}` });

/** Reads one message; a bare `task_id` is a subscription. */
export const readMessage = (text: string): ClientMessage => {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad('The message is no JSON object.');
  const { type = 'subscribe', task_id: taskId } = value as { type?: unknown; task_id?: unknown };
  if (type === 'ping') return { type };
  if (type !== 'subscribe' && type !== 'unsubscribe') {
    return bad(`type: ${echoText(typeof type === 'string' ? type : 'this')} is not known.`);
  }
  return typeof taskId === 'string' ? { type, taskId } : bad('task_id must be the id of a task, a string.');
};
