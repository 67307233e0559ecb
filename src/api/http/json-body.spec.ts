import fc from 'fast-check';
import { InvalidRequest } from './invalid-request';
import { encodedBodyFault, otherBodyFault, parseJsonBody } from './json-body';

const parse = (text: string): unknown => parseJsonBody(Buffer.from(text));
const fault = (text: string): InvalidRequest => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InvalidRequest) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('parseJsonBody', () => {
  it('reads whatever JSON can hold, as JSON.parse would', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    const key = text.filter((value) => value !== '__proto__');
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    })).value;
    fc.assert(
      fc.property(json, (value) => {
        const written = JSON.stringify(value);
        expect(JSON.stringify(parse(written))).toBe(JSON.stringify(JSON.parse(written)));
      }),
    );
  });

  it('takes nothing for nothing', () => {
    for (const text of ['', ' ', '\n\t']) expect(parse(text)).toBeUndefined();
  });

  it('accepts whole emoji and a byte order mark, refuses half an emoji', () => {
    expect(parse('{"a":"😀"}')).toEqual({ a: '😀' });
    expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 });
    expect(fault('{"a":"\\ud83d"}').issues[0]).toMatchObject({ type: 'invalid_text', path: ['a'] });
  });

  it('accepts 32 levels and refuses 33', () => {
    const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(() => parse(nested(33))).not.toThrow();
    expect(fault(nested(34)).issues[0]?.type).toBe('too_deep');
    expect(fault(nested(200_000)).issues[0]?.type).toBe('too_deep');
  });

  it('reads the most crowded body in a fraction of a second: nobody has shown a key yet', () => {
    const crowded = Buffer.from(`${'['.repeat(31)}${Array<number>(500_000).fill(1).join()}${']'.repeat(31)}`);
    const started = process.cpuUsage();
    parseJsonBody(crowded);
    const { user } = process.cpuUsage(started);
    expect(user / 1_000).toBeLessThan(350);
  });

  it('names the first of several faults by its place', () => {
    expect(fault('{"a":{"b":[1,{"c":"\\u0000"}]},"d":"\\u0000"}').issues[0]?.path).toEqual(['a', 'b', 1, 'c']);
  });

  it('does not repeat the body in the message about broken JSON', () => {
    const { message } = fault('{"password": "hunter2hunter2", ');
    expect(message).toMatch(/not valid JSON/);
    expect(fault('{"key": hunter2hunter2}').message + message).not.toContain('hunter2');
  });
});

describe('otherBodyFault', () => {
  it('takes nothing under any name, and something under none', () => {
    expect(otherBodyFault(Buffer.alloc(0), 'text/plain')).toBeUndefined();
    expect(otherBodyFault(Buffer.from('x'), undefined)).toMatchObject({ code: 'unsupported_media_type' });
    expect(otherBodyFault(Buffer.from('x'), 'text/csv')?.message).toContain('text/csv');
  });
});

describe('encodedBodyFault', () => {
  it('takes plain bodies and none at all, and says what is wrong with a compressed one', () => {
    const body = Buffer.from('x');
    for (const plain of [undefined, '', 'identity', 'Identity']) expect(encodedBodyFault(body, plain)).toBeUndefined();
    expect(encodedBodyFault(Buffer.alloc(0), 'gzip')).toBeUndefined();
    expect(encodedBodyFault(body, 'gzip')?.message).toMatch(/gzip; compressed bodies are not accepted/);
  });
});
