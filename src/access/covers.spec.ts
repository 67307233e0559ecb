import fc from 'fast-check';
import { covers } from './covers';

const shell = {
  action: 'execute_command',
  resource: 'workspace/*',
  constraints: { command: ['ls', 'cat'], timeout_seconds: { min: 1, max: 30 }, network: false },
};
const use = (values: Record<string, unknown>, resource = 'workspace/a') => ({
  action: 'execute_command',
  resource,
  values,
});
const good = { command: 'ls', timeout_seconds: 30, network: false };

describe('covers', () => {
  it('lets through what every constraint allows', () => {
    expect(covers([shell], use(good))).toBe(true);
    expect(covers([shell], use({ ...good, command: ['ls', 'cat'], timeout_seconds: 1 }))).toBe(true);
  });

  it.each([
    ['a value that is not on the list', { ...good, command: 'rm' }],
    ['a list with one value too many', { ...good, command: ['ls', 'rm'] }],
    ['a value above the range', { ...good, timeout_seconds: 30.1 }],
    ['a value below the range', { ...good, timeout_seconds: 0 }],
    ['text where a range is', { ...good, timeout_seconds: '5' }],
    ['no number at all', { ...good, timeout_seconds: NaN }],
    ['another value', { ...good, network: true }],
    ['a constraint without its value', { command: 'ls', network: false }],
    ['a value without its constraint', { ...good, user: 'root' }],
    ['a name every object has', { ...good, constructor: 1 }],
  ])('denies %s', (_, values) => expect(covers([shell], use(values))).toBe(false));

  it('denies another action and another resource, whatever the values', () => {
    expect(covers([shell], { ...use(good), action: 'code_execute' })).toBe(false);
    expect(covers([shell], use(good, 'home/a'))).toBe(false);
    expect(covers([shell], { action: 'execute_command', values: good })).toBe(false);
    expect(covers([], use(good))).toBe(false);
  });

  it('never joins halves of two capabilities', () => {
    const halves = [
      { action: 'execute_command', constraints: { command: ['ls'] } },
      { action: 'code_execute', resource: '*' },
    ];
    expect(covers(halves, { action: 'execute_command', values: { command: 'ls', network: true } })).toBe(false);
  });

  it('takes a plain action as unconditional', () => {
    expect(covers([{ action: 'execute_command' }], use({ anything: 1 }))).toBe(true);
    expect(covers([{ action: 'execute_command', constraints: {} }], use({}))).toBe(true);
  });

  it('lets nothing through a bound that is not a number', () => {
    const odd = [{ action: 'a', constraints: { n: { min: '1' } } }];
    expect(covers(odd, { action: 'a', values: { n: 5 } })).toBe(false);
  });

  it('finds exactly the numbers of a range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), (min, max, n) => {
        const capability = { action: 'a', constraints: { n: { min, max } } };
        expect(covers([capability], { action: 'a', values: { n } })).toBe(min <= n && n <= max);
      }),
    );
  });
});
