import fc from 'fast-check';
import type { JsonValue } from '../contracts/json';
import { DIRECTIONS, REDACTION_MODES } from '../contracts/verdict';
import { Detection } from '../detection/detection.service';
import { Guardrails } from './guardrails.service';
import { mapTexts } from './map-texts';
import { Policies } from './policies.service';
import { Vaults } from './vaults.service';

const detection = new Detection();
/** What is shorter is a word or number of everyday text, and may stand again elsewhere for another reason. */
const SHORTEST = 6;

const words = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', ' ', 'Ä', '😀', '語', '\n', '.', ',', '"', '\\', '\u200b', '\ud800', '\udc00'),
  maxLength: 20,
});
const value = fc.constantFrom(
  'jo.doe@acme.io',
  '415-555-2671',
  '+44 20 7946 0958',
  '856-45-6789',
  '4539 1488 0343 6467',
  'DE89 3704 0044 0532 0130 00',
  'account number 12345678',
  '12345678',
  'postgres://app:s3cr3t-9@db.acme.io:5432/app',
  `ghp_${'aB3dE5gH7jK9'.repeat(3)}`,
  'https://bot:c0pperK3ttle@git.acme.io',
);
const glue = fc.constantFrom(' ', '', ' | ', 'x', '@', '-', '語', '\udfff');
const text = fc
  .array(fc.tuple(words, glue, value, glue), { maxLength: 5 })
  .map((parts) => parts.map((part) => part.join('')).join(''));
const json = fc.oneof(
  text,
  fc.array(text, { maxLength: 3 }),
  fc.dictionary(
    fc.oneof(text, fc.constantFrom('note', 'api_key', 'code', '__proto__')),
    fc.oneof(text, fc.array(text)),
    {
      maxKeys: 3,
    },
  ),
) as fc.Arbitrary<JsonValue>;
const direction = fc.constantFrom(...DIRECTIONS);

/** Every text of a value, keys included, by its place. */
const textsOf = (from: JsonValue): string[] => {
  const texts: string[] = [];
  mapTexts(from, (one) => {
    texts.push(one);
    return one;
  });
  return texts;
};
const under = (mode: (typeof REDACTION_MODES)[number] | 'reversible'): { guardrails: Guardrails; vaults: Vaults } => {
  const policies = new Policies();
  const vaults = new Vaults();
  policies.use({
    rules: [{ types: ['pii', 'secret'], action: 'redact', mode }],
    patterns: [],
    replies: [],
    digest: mode,
  });
  return { guardrails: new Guardrails(detection, policies, vaults), vaults };
};

describe.each([...REDACTION_MODES, 'reversible'] as const)('redaction as %s', (mode) => {
  it('leaves no value that was found anywhere, whatever JSON holds it and wherever it goes', () => {
    fc.assert(
      fc.property(json, direction, (given, where) => {
        const { guardrails } = under(mode);
        const { value: left, hits } = guardrails.screen(given, {
          direction: where,
          taskId: 't',
          types: ['pii', 'secret'],
        });
        const values = hits.map(({ match }) => match.value).filter(({ length }) => length >= SHORTEST);
        for (const found of values) {
          for (const one of textsOf(left)) expect(one).not.toContain(found);
          for (const { finding } of hits) expect(finding.field).not.toContain(found);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('reversible redaction', () => {
  it('gives every text back as it was', () => {
    fc.assert(
      fc.property(json, (given) => {
        const { guardrails, vaults } = under('reversible');
        const { value: left } = guardrails.screen(given, { direction: 'prompt', taskId: 't' });
        expect(mapTexts(left, (one) => vaults.of('t').restore(one))).toEqual(given);
      }),
    );
  });

  it('hides a value in later prompts of the task too, where nothing near by gives it away, and in those of no other', () => {
    const { guardrails } = under('reversible');
    const prompt = (value: JsonValue, taskId: string) => guardrails.screen(value, { direction: 'prompt', taskId });
    const told = prompt('My passport number is C01234567.', 'mine');
    const token = /<Passport-TOKEN-\d+>/.exec(told.value as string)?.[0];
    expect(told.value).toBe(`My passport number is ${token}.`);
    expect(prompt({ code: 'ID = "C01234567"' }, 'mine')).toMatchObject({
      value: { code: `ID = "${token}"` },
      decision: 'redact',
    });
    expect(prompt({ code: 'ID = "C01234567"' }, 'theirs').value).toEqual({ code: 'ID = "C01234567"' });
  });
});
