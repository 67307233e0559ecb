import { rollCall } from './roll-call';

describe('rollCall', () => {
  const complete = { required: ['coder'], arms: ['coder'], queues: ['coder'], workers: ['coder'] };

  it('lets a complete server start', () => {
    expect(rollCall(complete)).toEqual([]);
  });

  it.each([
    [
      'an arm nobody provides',
      { ...complete, arms: [], queues: [], workers: [] },
      'No module provides the arm "coder"',
    ],
    ['an arm without a queue', { ...complete, queues: [], workers: [] }, 'has no queue'],
    ['a queue without an arm', { ...complete, required: [], arms: [] }, 'has no arm'],
    ['a queue without a worker', { ...complete, workers: [] }, 'has no worker'],
  ])('names %s', (_, found, problem) => {
    expect(rollCall(found)).toEqual([expect.stringContaining(problem)]);
  });
});
