import fc from 'fast-check';
import { checkJson } from './json-syntax';

describe('checkJson', () => {
  it.each([
    ['', 1, 1, 'it ends where a value is expected'],
    ['{"a": [1,2}', 1, 11, 'unexpected "}", where "," or "]" is expected'],
    ["{'a': 1}", 1, 2, 'where a name in double quotes or "}" is expected'],
    ['{"a" 1}', 1, 6, 'where ":" is expected'],
    ['[1,\n 2\n', 3, 1, 'it ends where "," or "]" is expected'],
    ['[1,]', 1, 4, 'where a value is expected'],
    ['[01]', 1, 2, 'unexpected "0"'],
    ['[tru]', 1, 2, 'unexpected "t"'],
    ['{} x', 1, 4, 'where the end is expected'],
    ['["a\nb"]', 1, 2, 'unexpected "\\""'],
    ['// no\n1', 1, 1, 'unexpected "/"'],
    ['\ufeff1', 1, 1, 'unexpected "\ufeff"'],
  ])('%j', (source, line, column, message) => {
    expect(checkJson(source)).toEqual({
      fault: { line, column, message: expect.stringContaining(message) as unknown },
    });
  });

  it('finds a place wherever the parser objects, and objects to nothing else', () => {
    const pieces = fc.array(
      fc.constantFrom(...Array.from('{}[],:01-.eE"\\ua \n'), 'true', 'null', '"a"', '"\\u00e9"'),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const verdict = checkJson(parts.join(''));
        if ('ok' in verdict) return;
        expect(verdict).toMatchObject({ fault: { line: expect.any(Number) as unknown } });
      }),
      { numRuns: 3_000 },
    );
    fc.assert(fc.property(fc.json(), (text) => expect(checkJson(text)).toEqual({ ok: true })));
  });
});
