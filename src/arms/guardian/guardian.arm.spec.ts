import type { Assignment, EarlierResult } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import type { Finding } from '../../contracts/verdict';
import { Detection } from '../../detection/detection.service';
import { Guardrails } from '../../guardrails/guardrails.service';
import { readPolicy } from '../../guardrails/policy-file';
import { Policies } from '../../guardrails/policies.service';
import { Vaults } from '../../guardrails/vaults.service';
import { MeteredModel, type Workbench } from '../../dispatch/arm.port';
import { GuardianArm } from './guardian.arm';

const detection = new Detection();
const policies = new Policies();
const arm = new GuardianArm(detection, new Guardrails(detection, policies, new Vaults()), policies);
/** Works without a model: to ask it would be a fault. */
class NoModel extends MeteredModel {
  readonly isDemonstration = true;
  readonly tokensUsed = 0;
  text(): never {
    throw new Error('the guardian asked a model');
  }
  json(): never {
    throw new Error('the guardian asked a model');
  }
}
const workbench: Workbench = {
  model: new NoModel(),
  signal: new AbortController().signal,
  deadline: new Date(8.64e15),
  report: () => undefined,
  requireApproval: () => undefined,
  record: () => Promise.resolve(),
  untrusted: (value) => value,
};
const earlier = (key: string, output: JsonObject): EarlierResult => ({
  key,
  kind: 'work',
  arm: 'coder',
  action: 'write it',
  output,
  confidence: 1,
  warnings: [],
});
const assignment = (results: EarlierResult[], goal = 'Do it'): Assignment => ({
  taskId: 't',
  holder: '',
  stepId: 's',
  key: 'guard',
  kind: 'guard',
  attempt: 1,
  action: 'check',
  acceptanceCriteria: [],
  input: {},
  task: { goal, constraints: [], acceptanceCriteria: [], context: {} },
  earlier: results,
});
const report = async (results: EarlierResult[], goal?: string): Promise<JsonObject> =>
  (await arm.run(assignment(results, goal), workbench)).output;

const KEY = `ghp_${'aB3dE5gH7jK9'.repeat(3)}`;

describe('GuardianArm', () => {
  it('finds nothing in honest work', async () => {
    const code = 'def fib(n):\n    """Return the n-th number."""\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n';
    expect(
      await report([earlier('s1', { code, tests: 'assert fib(10) == 55', explanation: 'Plain recursion.' })]),
    ).toEqual({
      safe: true,
      riskLevel: 'none',
      issues: [],
    });
  });

  it('holds back a secret wherever it is, and does not repeat it', async () => {
    const output = await report([earlier('s1', { files: [{ code: `token = "${KEY}"` }] })]);
    expect(output).toMatchObject({
      safe: false,
      riskLevel: 'critical',
      issues: [{ type: 'secret', kind: 'github_token' }],
    });
    expect(JSON.stringify(output)).not.toContain(KEY);
    expect(JSON.stringify(output)).toContain('s1.files.0.code');
  });

  it('takes addresses in code and tests for test data, and in an answer for personal data', async () => {
    const text = 'is_email("jo.doe@acme.io") and call("415-555-2671")';
    expect(await report([earlier('s1', { code: text, tests: text })])).toMatchObject({ safe: true, issues: [] });
    expect(await report([earlier('s1', { answer: text })])).toMatchObject({
      safe: true,
      riskLevel: 'medium',
      issues: [{ kind: 'email' }, { kind: 'phone' }],
    });
  });

  it('takes a password in tests for made up, and one in code for a secret', async () => {
    const text = 'password = "Str0ngPass99x"';
    expect(await report([earlier('s1', { tests: text })])).toMatchObject({ safe: true, issues: [] });
    expect(await report([earlier('s1', { code: text })])).toMatchObject({ safe: false });
  });

  it('lets published test cards pass in tests, and no other card', async () => {
    expect(await report([earlier('s1', { tests: 'assert luhn("4242424242424242")' })])).toMatchObject({ safe: true });
    expect(await report([earlier('s1', { tests: 'assert luhn("4539148803436467")' })])).toMatchObject({
      safe: false,
      riskLevel: 'high',
    });
  });

  it('counts alike findings once and names the worst risk of all', async () => {
    const output = await report([
      earlier('s1', { answer: 'a.b@acme.io, c.d@acme.io' }),
      earlier('s2', { answer: 'SSN 856-45-6789' }),
    ]);
    expect(output).toMatchObject({ riskLevel: 'high', issues: [{ kind: 'email' }, { kind: 'ssn' }] });
  });

  it('does not give away a key that is itself personal data', async () => {
    const output = await report([earlier('s1', { 'jo.doe@acme.io': 'mail c.d@acme.io' })]);
    expect(JSON.stringify(output)).not.toContain('jo.doe');
    expect(output).toMatchObject({ riskLevel: 'medium' });
  });

  it('examines the task itself when there is nothing else', async () => {
    expect(await report([], `Use ${KEY}`)).toMatchObject({ safe: false, issues: [{ kind: 'github_token' }] });
  });

  describe('when a secret was taken out of a result', () => {
    const finding = (changes: Partial<Finding> = {}): Finding => ({
      type: 'secret',
      kind: 'github_token',
      severity: 'high',
      direction: 'output',
      action: 'redact',
      field: 'code',
      start: 9,
      end: 49,
      confidence: 1,
      ...changes,
    });
    const screened = (result: EarlierResult, ...findings: Finding[]): EarlierResult => ({
      ...result,
      screening: { decision: 'redact', findings },
    });
    const clean = earlier('s1', { code: 'token = "[GITHUB-TOKEN-REDACTED]"' });

    it('asks for a repair, once, and says how', async () => {
      expect(await report([screened(clean, finding(), finding({ start: 90 }))])).toEqual({
        safe: false,
        riskLevel: 'critical',
        issues: [
          {
            type: 'secret',
            kind: 'github_token',
            riskLevel: 'critical',
            message: 'A secret (github_token) was taken out of s1.code; read it from the environment instead.',
          },
        ],
      });
    });

    it('is content when the repair holds none', async () => {
      const repaired: EarlierResult = { ...earlier('repair.1', { code: 'import os' }), kind: 'repair' };
      expect(await report([screened(clean, finding()), repaired])).toMatchObject({ safe: true });
      expect(await report([screened(clean, finding()), screened(repaired, finding())])).toMatchObject({ safe: false });
    });

    it('does not mind what was taken out of a passage, or found on the way in', async () => {
      const passages = { ...earlier('s1', { answer: 'see the page' }), arm: 'retriever' };
      expect(await report([screened(passages, finding({ field: 'passages.0.content' }))])).toMatchObject({
        safe: true,
      });
      expect(await report([screened(clean, finding({ direction: 'input' }))])).toMatchObject({ safe: true });
    });
  });

  it('warns of harmful content in an answer, and never for it in code', async () => {
    const text = "SELECT * FROM users WHERE name='' OR '1'='1'";
    expect(await report([earlier('s1', { answer: text })])).toMatchObject({
      safe: true,
      riskLevel: 'low',
      issues: [{ type: 'malicious_content', kind: 'sql_injection' }],
    });
    expect(await report([earlier('s1', { code: text, tests: text })])).toMatchObject({ safe: true, issues: [] });
  });

  it('follows the rules of the user', async () => {
    const rules = 'rules: [{ kind: email, action: allow }, { kind: phone, action: block }]';
    policies.use(readPolicy(rules, 'policy.yaml', detection.kinds));
    const output = await report([earlier('s1', { answer: 'jo.doe@acme.io or 415-555-2671' })]);
    policies.use();
    expect(output).toMatchObject({ safe: false, riskLevel: 'high', issues: [{ kind: 'phone' }] });
  });
});
