// Follows a task's event stream to its end, across broken connections.
import { setTimeout as sleep } from 'node:timers/promises';

const FINAL = new Set(['task.completed', 'task.failed', 'task.cancelled']);
const RECONNECTS = 20;

/** The blocks of a server-sent event stream as `{id, data}`; comments and other fields are left out. */
async function* blocks(body) {
  let rest = '';
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const parts = `${rest}${text}`.split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const fields = part.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
      const field = (name) => fields.filter(([, key]) => key === name).map(([, , value]) => value);
      if (field('data').length > 0) yield { id: field('id')[0], data: field('data').join('\n') };
    }
  }
}

/** Every event of the task, in order and once: `{seq, type, created_at, data}`. Ends after the task's last event. */
export async function* taskEvents(address, taskId) {
  let last;
  let problem;
  for (let attempt = 0; attempt <= RECONNECTS; attempt++) {
    try {
      const headers = last === undefined ? {} : { 'last-event-id': last };
      const answer = await fetch(`${address}/api/v1/tasks/${taskId}/events`, { headers });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      for await (const { id, data } of blocks(answer.body)) {
        last = id;
        const event = JSON.parse(data);
        yield event;
        if (FINAL.has(event.type)) return;
      }
    } catch (error) {
      problem = error;
    }
    await sleep(500);
  }
  throw new Error(`The events of ${taskId} cannot be followed: ${problem?.message ?? 'the stream ends early'}.`);
}
