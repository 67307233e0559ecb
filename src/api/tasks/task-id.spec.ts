import { formatTaskId, parseTaskId, taskNotFound } from './task-id';

const ID = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const KEY = 'AbCdEfGh12345678';

describe('task ids', () => {
  it.each([
    [ID, 'uuid', ID],
    [ID.toUpperCase(), 'uuid', ID],
    [`task-${ID}`, 'guide', ID],
    [`task_${KEY}`, 'key', KEY],
  ])('reads %s', (text, form, value) => {
    expect(parseTaskId(text)).toEqual({ form, value });
  });

  it.each([
    '',
    'task-',
    'task_',
    `task_${ID}`,
    `task-${KEY}`,
    `task_${KEY}x`,
    `task_${KEY.slice(1)}`,
    `Task-${ID}`,
    ` ${ID}`,
    `${ID}\n`,
    `task-task-${ID}`,
  ])('knows no task for %p', (text) => expect(parseTaskId(text)).toBeUndefined());

  it('answers in the form of the question', () => {
    for (const text of [ID, `task-${ID}`, `task_${KEY}`]) {
      const reference = parseTaskId(text);
      expect(reference && formatTaskId({ id: ID, key: KEY }, reference.form)).toBe(text);
    }
  });

  it('repeats a short id whole and a long one in part', () => {
    expect(taskNotFound(`task-${ID}`).message).toBe(`Task task-${ID} not found`);
    expect(taskNotFound('x'.repeat(500)).message.length).toBeLessThan(130);
  });
});
