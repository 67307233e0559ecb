import fc from 'fast-check';
import { CHECKS } from '../../contracts/direct';
import { REDACTION_MODES } from '../../contracts/verdict';
import { Detection } from '../../detection/detection.service';
import { Guardrails } from '../../guardrails/guardrails.service';
import { Policies } from '../../guardrails/policies.service';
import { Vaults } from '../../guardrails/vaults.service';
import { check } from './check';

const detection = new Detection();
const under = (mode: (typeof REDACTION_MODES)[number]) => {
  const policies = new Policies();
  policies.use({
    rules: [{ types: ['pii', 'secret'], action: 'redact', mode }],
    patterns: [],
    replies: [],
    digest: mode,
  });
  return { detection, policies, guardrails: new Guardrails(detection, policies, new Vaults()) };
};

/** What is shorter is a word or number of everyday text, and may stand again elsewhere for another reason. */
const SHORTEST = 6;
const piece = fc.oneof(
  fc.constantFrom(
    'jo.doe@acme.io',
    'jo.doe@acm',
    'e.io',
    '856-45-6789',
    '4539 1488 0343 6467',
    `ghp_${'aB3dE5gH7jK9'.repeat(3)}`,
    'postgres://app:s3cr3t-9@db.acme.io:5432/app',
    '<script>alert(1)</script>',
    ' ',
    '😀',
    '\u200b',
    '\ud800',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));

describe.each(REDACTION_MODES)('a check that redacts as %s', (mode) => {
  const by = under(mode);
  it('leaves no value that it told of', () => {
    fc.assert(
      fc.property(text, (given) => {
        const { issues, sanitized } = check(by, given, CHECKS);
        for (const { start, end, redaction } of issues) {
          const value = given.slice(start, end);
          if (redaction !== undefined && value.length >= SHORTEST) expect(sanitized).not.toContain(value);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves nothing of a value that stands between its own halves', () => {
    expect(check(by, 'jo.doe@acmjo.doe@acme.io e.io', CHECKS).sanitized).not.toContain('jo.doe@acme.io');
    expect(check(by, 'x jo.doe@acmjo.doe@acme.ioe.io', CHECKS).sanitized).not.toContain('jo.doe@acme.io');
  });
});

it('tells each of two values of one kind at its own place, with its own redaction', () => {
  const given = '😀 jo@acme.io, kim@acme.io, jo@acme.io';
  const { issues, sanitized } = check(under('token'), given, CHECKS);
  expect(issues.map(({ start, end, redaction }) => [given.slice(start, end), start, redaction])).toEqual([
    ['jo@acme.io', 3, '<Email-TOKEN-1>'],
    ['kim@acme.io', 15, '<Email-TOKEN-2>'],
    ['jo@acme.io', 28, '<Email-TOKEN-1>'],
  ]);
  expect(sanitized).toBe('😀 <Email-TOKEN-1>, <Email-TOKEN-2>, <Email-TOKEN-1>');
});
