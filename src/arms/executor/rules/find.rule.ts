import { refusing } from './argument.rule';

const RUNS = 'runs other programs';
const WRITES = 'writes files';

/** `find` only looks. */
export const findRule = refusing({
  '-exec': RUNS,
  '-execdir': RUNS,
  '-ok': RUNS,
  '-okdir': RUNS,
  '-delete': 'deletes files',
  '-fprint': WRITES,
  '-fprint0': WRITES,
  '-fprintf': WRITES,
  '-fls': WRITES,
  '-files0-from': 'takes its starting points from a file',
});
