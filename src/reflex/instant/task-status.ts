import { type InstantReply, anyOf } from './instant-reply';

const UUID = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';
const ID = `(?:task_[a-z0-9]{16}|(?:task-)?${UUID})`;
const OF = '(?: of| for)?(?: my| the)?(?: task)?';

/** How a task is doing. Whoever can read tasks puts the real status in place of the reply, which says where it is found. */
export const TASK_STATUS: InstantReply = {
  id: 'task_status',
  pattern: anyOf(
    `(?:what(?: i|[’'])s the |the )?status${OF} ${ID}`,
    `${ID} status`,
    `(?:how|where) is(?: my| the)?(?: task)? ${ID}`,
  ),
  reply: 'GET /tasks/{id} says how a task is doing, under any of its ids.',
  positives: [
    'status of task_0123456789abcdef',
    'Status task-3f2504e0-4f89-41d3-9a0c-0305e82c3301',
    'how is my task 3f2504e0-4f89-41d3-9a0c-0305e82c3301?',
  ],
  negatives: ['status of task 7', 'status of task_0123456789abcdef and its plan', 'how is task management done'],
};
