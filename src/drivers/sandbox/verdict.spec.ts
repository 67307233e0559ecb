import { DEFAULT_LIMITS } from './limits';
import { childrenTime, limitReached } from './verdict';

const ended = (exitCode: number, stderr = '', cpuTimeMs: number | undefined = 10, outOfMemory = false) =>
  limitReached({ exitCode, stderr, cpuTimeMs, outOfMemory }, DEFAULT_LIMITS);

describe('the limit that ended a run', () => {
  it.each([
    [128 + 24, 'cpu'],
    [128 + 25, 'disk'],
  ])('by the signal of exit code %p: %s', (exitCode, limit) => expect(ended(exitCode)).toBe(limit));

  it('by SIGKILL: processor time, else memory, else nobody knows', () => {
    expect(ended(137, '', 31_000, true)).toBe('cpu');
    expect(ended(137, '', 10, true)).toBe('memory');
    expect(ended(137)).toBeUndefined();
  });

  it.each([
    ['Traceback\nMemoryError', 'memory'],
    ['FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory', 'memory'],
    ['OSError: [Errno 28] No space left on device', 'disk'],
    ["Error: ENOSPC: no space left on device, write\n  errno: -28,\n  syscall: 'write'", 'disk'],
    ['OSError: [Errno 27] File too large', 'disk'],
    ['BlockingIOError: [Errno 11] Resource temporarily unavailable', 'processes'],
    ["RuntimeError: can't start new thread", 'processes'],
    ['Error: spawn sh EAGAIN', 'processes'],
    ['sh: 1: Cannot fork', 'processes'],
  ])('by the last words %j: %s', (stderr, limit) => {
    expect(ended(1, stderr)).toBe(limit);
    expect(ended(0, stderr)).toBeUndefined();
    expect(ended(1, stderr + ' '.repeat(5000))).toBeUndefined();
  });
});

describe('the time of the program', () => {
  it.each([
    ['ready0m0.00s 0m0.00s\n0m0.08s 0m0.01s\n', 90],
    ['ready0m0.000s 0m0.001s\n1m1.500s 0m0.250s\n', 61_750],
    ['ready', undefined],
    ['', undefined],
    // Only the last word is the shell's.
    ['\n9m9.00s 9m9.00s\nready0m0.00s 0m0.00s\n0m0.02s 0m0.00s\n', 20],
  ])('from %j', (said, time) => expect(childrenTime(said)).toBe(time));
});
