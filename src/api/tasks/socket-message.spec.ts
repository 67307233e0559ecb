import { readMessage } from './socket-message';

describe('readMessage', () => {
  it.each([
    ['{"task_id":"task-1"}', { type: 'subscribe', taskId: 'task-1' }],
    ['{"type":"subscribe","task_id":"task-1"}', { type: 'subscribe', taskId: 'task-1' }],
    ['{"type":"unsubscribe","task_id":"task-1"}', { type: 'unsubscribe', taskId: 'task-1' }],
    ['{"type":"ping"}', { type: 'ping' }],
    ['{"type":"ping","task_id":7}', { type: 'ping' }],
  ])('reads %s', (text, message) => expect(readMessage(text)).toEqual(message));

  it.each([
    ['', /no JSON object/],
    ['hello', /no JSON object/],
    ['null', /no JSON object/],
    ['[1]', /no JSON object/],
    ['{"type":"subscribe"}', /task_id must be/],
    ['{"task_id":7}', /task_id must be/],
    ['{"type":"destroy","task_id":"task-1"}', /type: destroy is not known/],
    ['{"type":7}', /type: this is not known/],
  ])('says what is wrong with %j', (text, message) => {
    expect(readMessage(text)).toEqual({ type: 'bad', message: expect.stringMatching(message) });
  });
});
