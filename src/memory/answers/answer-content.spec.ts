import type { TaskResult } from '../../contracts/outcome';
import { newGuardrails } from '../../../test/support/guardrails';
import { Detection } from '../../detection/detection.service';
import { Policies } from '../../guardrails/policies.service';
import { contentOf, isWorthKeeping } from './answer-content';

const guardrails = newGuardrails();
const line = (arm: string): TaskResult['lineage'][number] => ({
  step: 's1',
  arm,
  action: 'work',
  attempt: 1,
  models: [],
  prompt_hashes: [],
  started_at: '',
  finished_at: '',
});
const result = (changes: Partial<TaskResult> = {}): TaskResult => ({
  output: 'forty-two',
  confidence: 0.9,
  validation_passed: true,
  model: 'small, large',
  warnings: [],
  citations: [],
  criteria: [],
  findings: [],
  repair_rounds: 0,
  steps_executed: 1,
  lineage: [line('planner'), line('coder')],
  ...changes,
});

describe('isWorthKeeping', () => {
  it.each<[string, Partial<TaskResult>, boolean]>([
    ['a judged answer', {}, true],
    ['one the judge did not pass', { validation_passed: false }, false],
    ['nothing', { output: '' }, false],
    ['one of the demonstration model', { model: 'demonstration' }, false],
    ['one the demonstration model had a part in', { model: 'large, demonstration' }, false],
    ['one without a model', { model: undefined as never }, false],
    ['a weak one that is warned of', { warnings: ['No test was run.'], confidence: 0.69 }, false],
    ['a sound one that is warned of', { warnings: ['It is slow.'], confidence: 0.7 }, true],
    ['a weak one of which nothing is said', { confidence: 0.6 }, true],
    ['what a command printed', { lineage: [line('executor')] }, false],
    ['code that was run to test it', { code: 'x', lineage: [line('coder'), line('executor')] }, true],
    ["what a user's own arm said", { code: 'x', lineage: [line('weather')] }, false],
  ])('%s', (_, changes, expected) => {
    expect(isWorthKeeping(result(changes))).toBe(expected);
  });
});

describe('contentOf', () => {
  const key = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;

  it('replaces personal data and secrets in every text', () => {
    const told = `mail jo.doe@acme.io, 856-45-6789, ${key}`;
    const texts = { output: told, code: told, tests: told, explanation: told, warnings: [told], citations: [told] };
    const clean = 'mail [EMAIL-REDACTED], [SSN-REDACTED], [GITHUB-TOKEN-REDACTED]';
    expect(contentOf(result({ ...texts, language: 'python' }), guardrails)).toEqual({
      output: clean,
      code: clean,
      tests: clean,
      explanation: clean,
      warnings: [clean],
      citations: [clean],
      language: 'python',
      confidence: 0.9,
      model: 'small, large',
    });
  });

  it('leaves what is nobody’s, and leaves out what is not there', () => {
    const output = 'user@example.com on 10.0.0.1';
    expect(contentOf(result({ output }), guardrails)).toEqual({
      output,
      confidence: 0.9,
      model: 'small, large',
      warnings: [],
      citations: [],
    });
  });

  it('keeps no more than the policy lets memory keep', () => {
    const policies = new Policies();
    const strict = newGuardrails(new Detection(), policies);
    const under = (action: 'redact' | 'approve' | 'block'): void =>
      policies.use({
        rules: [{ kinds: ['ip_address'], directions: ['memory'], action }],
        patterns: [],
        replies: [],
        digest: action,
      });
    const told = result({ output: 'It runs on 93.184.215.14.' });
    expect(contentOf(told, strict)?.output).toContain('93.184.215.14');
    under('redact');
    expect(contentOf(told, strict)?.output).toBe('It runs on [IP-REDACTED].');
    for (const action of ['approve', 'block'] as const) {
      under(action);
      expect(contentOf(told, strict)).toBeUndefined();
    }
  });
});
