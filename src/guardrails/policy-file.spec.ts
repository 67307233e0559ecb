import { readPolicy } from './policy-file';

const KINDS = new Set(['email', 'github_token', 'IgnorePrevious']);
const read = (...lines: string[]) => readPolicy(lines.join('\n'), 'policy.yaml', KINDS);
const faults = (...lines: string[]): string[] => {
  try {
    read(...lines);
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
};

const RULE = (...fields: string[]): string[] => ['rules:', '  - action: warn', '  -', ...fields.map((f) => `    ${f}`)];
const PATTERN = (...fields: string[]): string[] => [
  'patterns:',
  '  - id: codename',
  ...fields.map((field) => `    ${field}`),
  '    examples: { positive: [project falcon], negative: [a falcon] }',
];
const REPLY = (...fields: string[]): string[] => [
  'instant_replies:',
  '  - id: hours',
  '    reply: From nine to five.',
  ...fields.map((field) => `    ${field}`),
];

describe('readPolicy', () => {
  it('reads rules, patterns and replies', () => {
    const { rules, patterns, replies } = read(
      'rules:',
      '  - { type: pii, kind: [email], direction: [goal, memory], severity: low, action: redact, mode: mask }',
      ...PATTERN('pattern: project falcon', 'flags: i', 'severity: high', 'message: Say the project.'),
      ...REPLY('equals: ["when are you open?"]'),
    );
    expect(rules).toEqual([
      {
        types: ['pii'],
        kinds: ['email'],
        directions: ['goal', 'memory'],
        severity: 'low',
        action: 'redact',
        mode: 'mask',
      },
    ]);
    expect(patterns).toEqual([
      expect.objectContaining({
        id: 'codename',
        type: 'policy_violation',
        severity: 'high',
        placeholder: '[CODENAME-REDACTED]',
        message: 'Say the project.',
      }),
    ]);
    expect(replies.map(({ pattern }) => [pattern(' When are  you open? '), pattern('open?')])).toEqual([[true, false]]);
  });

  it('takes JSON, and an empty file for a policy without rules', () => {
    expect(read('{"rules": [{"action": "warn"}]}').rules).toEqual([{ action: 'warn' }]);
    expect(read('').rules).toEqual([]);
  });

  it('has a digest that follows what the file says and not how', () => {
    const { digest } = read('rules: [{ action: warn }]');
    expect(read('# a comment', 'rules:', '  - action: warn').digest).toBe(digest);
    expect(read('rules: [{ action: block }]').digest).not.toBe(digest);
  });

  it('gives a placeholder of another name where its own would be found again', () => {
    const { patterns } = read(
      ...PATTERN('pattern: falcon|codename', 'flags: i').slice(0, -1),
      ...['    examples: { positive: [a falcon], negative: [an eagle] }'],
    );
    expect(patterns.map(({ placeholder }) => placeholder)).toEqual(['[REDACTED]']);
  });

  it.each<[lines: string[], ...faults: string[]]>([
    [['rules: [', '  }'], 'policy.yaml line 2: not YAML'],
    [['rules: 7'], 'policy.yaml line 1: rules is 7; a list of at most 200.'],
    [['- 1'], 'policy.yaml line 1: the file is'],
    [['rulez: []'], 'policy.yaml line 1: rulez is no field here; the fields are rules, patterns, instant_replies.'],
    [
      RULE('action: deny'),
      'policy.yaml line 4: rules[1].action is "deny"; one of allow, warn, redact, approve, block.',
    ],
    [RULE('type: pii'), 'policy.yaml line 4: rules[1].action is missing; one of allow, warn'],
    [RULE('action: warn', 'acton: 1'), 'policy.yaml line 5: rules[1].acton is no field here; the fields are type,'],
    [
      RULE('action: warn', 'direction: up'),
      'policy.yaml line 5: rules[1].direction is "up"; one of goal, input, prompt, output, memory.',
    ],
    [RULE('action: warn', 'type: [pii, x]'), 'policy.yaml line 5: rules[1].type[1] is "x"; one of pii, secret,'],
    [RULE('action: warn', 'kind: emial'), 'policy.yaml line 5: rules[1].kind is "emial"; no detector and no pattern'],
    [RULE('action: warn', 'mode: mask'), 'policy.yaml line 5: rules[1].mode is "mask"; only for action redact.'],
    [
      RULE('action: redact', 'mode: reversible', 'direction: [prompt, goal]'),
      'policy.yaml line 5: rules[1].mode is "reversible"; only for direction prompt',
    ],
    [
      RULE('action: approve'),
      'policy.yaml line 4: rules[1].action is "approve", which needs a direction other than goal',
    ],
    [RULE('direction: goal', 'action: approve'), 'policy.yaml line 5: rules[1].action is "approve", which needs'],
    [
      PATTERN('pattern: (?<=project )falcon'),
      'policy.yaml line 3: patterns[0].pattern cannot be used: look-ahead and look-behind',
    ],
    [PATTERN('pattern: (a)\\1'), 'policy.yaml line 3: patterns[0].pattern cannot be used: back-references cannot'],
    [PATTERN('pattern: "[a"'), 'policy.yaml line 3: patterns[0].pattern cannot be used: missing closing ]'],
    [PATTERN('pattern: x*'), 'policy.yaml line 3: patterns[0].pattern also fits the empty text'],
    [PATTERN('pattern: "a{0,1000}b{1,999}"'), 'policy.yaml line 3: patterns[0].pattern takes'],
    [PATTERN(`pattern: ${'a'.repeat(501)}`), 'policy.yaml line 3: patterns[0].pattern is "aaaa'],
    [PATTERN('pattern: eagle'), 'policy.yaml line 4: patterns[0].examples.positive[0] is not found by the pattern'],
    [PATTERN('pattern: falcon'), 'policy.yaml line 4: patterns[0].examples.negative[0] is found by the pattern'],
    [
      PATTERN('pattern: project falcon', 'placeholder: project falcon'),
      'policy.yaml line 4: patterns[0].placeholder would itself be found',
    ],
    [
      PATTERN('pattern: project falcon').map((line) => line.replace('codename', 'email')),
      'policy.yaml line 2: patterns[0].id is "email", a kind that is found already',
    ],
    [
      [...PATTERN('pattern: project falcon'), ...PATTERN('pattern: project falcon').slice(1)],
      'policy.yaml line 5: patterns[1].id is "codename" twice',
    ],
    [PATTERN('pattern: project falcon').slice(0, -1), 'policy.yaml line 2: patterns[0].examples is missing'],
    [REPLY(), 'policy.yaml line 2: instant_replies[0] needs either equals or pattern.'],
    [REPLY('pattern: "(?!x)y"'), 'policy.yaml line 4: instant_replies[0].pattern cannot be used: look-ahead'],
  ])('refuses %j', (lines, ...expected) => {
    const found = faults(...lines);
    expect(found).toHaveLength(expected.length);
    expected.forEach((start, i) =>
      expect(found[i]).toMatch(new RegExp(`^${start.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)),
    );
  });

  it('names every fault, the first ten of many', () => {
    expect(faults('rules:', '  - action: deny', '  - severity: bad')).toHaveLength(3);
    expect(faults('rules:', ...Array.from({ length: 30 }, () => '  - action: deny')).at(-1)).toBe('20 more faults.');
  });

  it('is not drowned by aliases or length', () => {
    const bomb = Array.from(
      { length: 12 },
      (_, n) =>
        `a${n}: &a${n} [${
          n === 0
            ? 'x'
            : Array(9)
                .fill(`*a${n - 1}`)
                .join(', ')
        }]`,
    );
    expect(faults(...bomb)).toHaveLength(1);
    expect(faults('#'.repeat(600_000))).toEqual([expect.stringContaining('at most 500000')]);
  });

  it('says nothing of an example, which may be a secret', () => {
    expect(faults(...PATTERN('pattern: eagle')).join()).not.toContain('falcon');
  });
});
