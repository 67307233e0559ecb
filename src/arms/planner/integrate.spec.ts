import fc from 'fast-check';
import { earlier } from '../../../test/support/scripted-model';
import type { CodeArtifact, GuardReport, TestRun, Verdict } from '../../contracts/outcome';
import { integrate } from './integrate';

const artifact = (code: string): CodeArtifact => ({
  code,
  language: 'python',
  tests: 'def test_a(): assert a',
  explanation: 'E.',
});
const run = (passed: number, failed: number, ran = true): TestRun => ({
  ran,
  passed,
  failed,
  failures: [],
  durationMs: 5,
  engine: 'bubblewrap',
});
const verdict = (rest: Partial<Verdict> = {}): Verdict => ({
  valid: true,
  confidence: 1,
  qualityScore: 1,
  criteria: [],
  issues: [],
  layers: ['tests'],
  ...rest,
});
const guard = (rest: Partial<GuardReport>): GuardReport => ({ safe: true, riskLevel: 'none', issues: [], ...rest });
const of = (...results: ReturnType<typeof earlier>[]) => integrate({ earlier: results });

describe('integrate', () => {
  it('hands back the newest code, as the output too', () => {
    const result = of(
      earlier('coder', artifact('old')),
      earlier('judge', verdict()),
      earlier('coder', artifact('new')),
    );
    expect(result).toMatchObject({ output: 'new', code: 'new', language: 'python', explanation: 'E.' });
  });

  it('hands back the answer and the sources it cites when there is no code', () => {
    const passage = (source: string) => ({ documentId: source, source, content: 'c', score: 0.9 });
    const findings = { passages: [passage('a.md'), passage('b.md'), passage('c.md')], answer: 'So [3], and so [1].' };
    expect(of(earlier('retriever', findings), earlier('judge', verdict()))).toMatchObject({
      output: 'So [3], and so [1].',
      citations: ['a.md', 'c.md'],
    });
    expect(of(earlier('retriever', findings))).not.toHaveProperty('code');
  });

  describe('of what a plan had run', () => {
    const ran = (exitCode: number, stdout: string, paths: string[] = []) =>
      earlier('executor', {
        testRun: run(0, 0, false),
        stdout,
        stderr: '',
        exitCode,
        artifacts: paths.map((path) => ({ path })),
      });

    it('hands back what it printed, and no tests that nobody meant', () => {
      const result = of(ran(0, 'one'), ran(0, 'two'), earlier('judge', verdict()));
      expect(result).toMatchObject({ output: 'two', validation_passed: true, confidence: 0.7 });
      expect(result).not.toHaveProperty('test_run');
    });

    it('says so when nothing was printed', () => {
      expect(of(ran(0, ' \n', ['a.txt', 'b/c.txt']), earlier('judge', verdict())).output).toBe(
        'Nothing was printed; the exit code is 0. Files made or changed: a.txt, b/c.txt.',
      );
    });

    it('is not valid when any of it failed, whatever the judge says', () => {
      expect(of(ran(1, 'one'), ran(0, 'two'), earlier('judge', verdict())).validation_passed).toBe(false);
    });

    it('keeps the tests of the code beside it', () => {
      const tested = earlier('executor', { testRun: run(3, 0), stdout: '', stderr: '' });
      const result = of(earlier('coder', artifact('x')), tested, ran(0, 'two'));
      expect(result).toMatchObject({ output: 'x', test_run: { passed: 3 } });
    });
  });

  it("tells what the coder proved of this very code, in the wire's words, and believes no other arm", () => {
    const proof = { syntax: 'valid', tests: 'passed', testsPassed: 2, testsFailed: 0, repairs: 1 };
    const proven = { ...artifact('x'), proof };
    expect(of(earlier('coder', proven)).proof).toEqual({
      syntax: 'valid',
      tests: 'passed',
      tests_passed: 2,
      tests_failed: 0,
      repairs: 1,
    });
    expect(of(earlier('weather', proven))).not.toHaveProperty('proof');
    expect(of(earlier('coder', proven), earlier('weather', artifact('y')))).not.toHaveProperty('proof');
    expect(of(earlier('coder', { ...artifact('x'), proof: 'certain' }))).toMatchObject({ code: 'x' });
  });

  it.each([
    ['all tests ran and passed', verdict({ testRun: run(5, 0) }), 0.95],
    ['a test failed', verdict({ testRun: run(5, 1) }), 0.7],
    ['tests did not run', verdict({ testRun: run(0, 0, false) }), 0.7],
    ['there was no test case', verdict({ testRun: run(0, 0) }), 0.7],
    ['no test run is known', verdict(), 0.7],
    ['the judge itself is less sure', verdict({ testRun: run(5, 0), confidence: 0.3 }), 0.3],
  ])('when %s', (_case, given, confidence) => {
    expect(of(earlier('coder', artifact('x')), earlier('judge', given)).confidence).toBe(confidence);
  });

  it('never exceeds .7 without proof, whatever arms claim', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (confidence, withCode) => {
        const results = [earlier('judge', verdict({ confidence }))];
        if (withCode) results.unshift(earlier('coder', artifact('x'), { confidence: 1 }));
        expect(integrate({ earlier: results }).confidence).toBeLessThanOrEqual(0.7);
      }),
    );
  });

  it('does not count tests as proof of prose', () => {
    const findings = { passages: [], answer: 'Yes.' };
    expect(of(earlier('retriever', findings), earlier('judge', verdict({ testRun: run(5, 0) }))).confidence).toBe(0.7);
  });

  it('takes a verdict from the judge alone', () => {
    const result = of(earlier('coder', artifact('x')), earlier('weather', verdict({ testRun: run(5, 0) })));
    expect(result).toMatchObject({ validation_passed: false, confidence: 0.5 });
    expect(result.warnings).toHaveLength(1);
  });

  it('lets the newest verdict count', () => {
    const first = earlier('judge', verdict({ valid: false }));
    const second = earlier('judge', verdict({ testRun: run(3, 0) }));
    expect(of(earlier('coder', artifact('x')), first, second)).toMatchObject({
      validation_passed: true,
      test_run: { passed: 3 },
    });
  });

  it('does not pass a result that holds a secret', () => {
    const issue = { type: 'secret', kind: 'openai_api_key', riskLevel: 'critical', message: 'an API key' };
    const report = guard({ safe: false, riskLevel: 'critical', issues: [issue] });
    const result = of(earlier('coder', artifact('x')), earlier('safety-guardian', report), earlier('judge', verdict()));
    expect(result.validation_passed).toBe(false);
    expect(result.warnings.join()).toMatch(/secret.*an API key/);
  });

  it('reports personal data without failing the result', () => {
    const issue = { type: 'pii', kind: 'email', riskLevel: 'medium', message: 'an e-mail address' };
    const report = guard({ riskLevel: 'medium', issues: [issue] });
    const result = of(earlier('coder', artifact('x')), earlier('safety-guardian', report), earlier('judge', verdict()));
    expect(result.validation_passed).toBe(true);
    expect(result.warnings.join()).toContain('an e-mail address');
  });

  it('merges warnings without repetition', () => {
    const warnings = ['twice', 'once'];
    const result = of(
      earlier('coder', artifact('x'), { warnings }),
      earlier('judge', verdict(), { warnings: ['twice'] }),
    );
    expect(result.warnings).toEqual(['twice', 'once']);
  });

  it('hands on what an arm of another shape said', () => {
    expect(of(earlier('weather', { location: 'Paris' }), earlier('judge', verdict())).output).toBe(
      '{"location":"Paris"}',
    );
    expect(of(earlier('weather', { answer: 'Sunny' }), earlier('judge', verdict())).output).toBe('Sunny');
  });
});
