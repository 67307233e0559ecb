import { Test, type TestingModule } from '@nestjs/testing';
import { ScriptedModel, type Scripted, assignment, workbench } from '../../../test/support/scripted-model';
import { TransientError } from '../../common/errors';
import { HealthModule } from '../../common/health.module';
import type { Assignment } from '../../contracts/arm';
import type { ValidationRequest } from '../../contracts/direct';
import type { Verdict } from '../../contracts/outcome';
import { SandboxModule } from '../../drivers/sandbox/sandbox.module';
import { SyntaxModule } from '../../drivers/syntax/syntax.module';
import { type Found, LibraryPort, type Passage } from '../../memory/library.port';
import { ProposalComparison } from './compare/comparison.service';
import { DirectJudge } from './direct-judge.service';
import { JudgeArm } from './judge.arm';
import { SyntaxCheck } from '../../workshop/syntax-check.service';
import { TestRunner } from '../../workshop/test-runner.service';

const PYTHON = 'def add(a: int, b: int) -> int:\n    """Add."""\n    return a + b\n';

/** Documents found for every question whose words they share. */
class Shelf extends LibraryPort {
  documents: Pick<Passage, 'source' | 'content'>[] = [];
  remember(): Promise<string[]> {
    return Promise.resolve([]);
  }
  find(query: string): Promise<Found> {
    const words = query.toLowerCase().split(/\W+/);
    const found = this.documents.filter(({ content }) => words.some((word) => content.toLowerCase().includes(word)));
    const passages = found.map((one) => ({ ...one, documentId: one.source, metadata: {}, score: 0.5 }));
    return Promise.resolve({ passages, total: passages.length, method: 'keyword', database: 'postgresql' });
  }
}

let room: TestingModule;
const shelf = new Shelf();
beforeAll(async () => {
  room = await Test.createTestingModule({
    imports: [HealthModule, SandboxModule, SyntaxModule],
    providers: [
      JudgeArm,
      DirectJudge,
      ProposalComparison,
      SyntaxCheck,
      TestRunner,
      { provide: LibraryPort, useValue: shelf },
    ],
  }).compile();
});
afterAll(() => room.close());
beforeEach(() => void (shelf.documents = []));

const judge = async (
  input: Partial<ValidationRequest>,
  { task = {}, script }: { task?: Partial<Assignment['task']>; script?: Record<string, Scripted[]> } = {},
) => {
  const model = new ScriptedModel(script ?? {}, script === undefined);
  const given = assignment({ kind: 'direct', key: 'direct', input: { ...input }, task: { goal: 'Judge', ...task } });
  const result = await room.get(JudgeArm).run(given, workbench(model));
  return { verdict: result.output as Verdict, result, model };
};
const found = ({ issues }: Verdict) => issues.map(({ severity, type }) => `${severity} ${type}`);

describe('a direct call of the judge', () => {
  it('runs the layers asked for and no other', async () => {
    const expectedSchema = { type: 'object', required: ['n'], properties: { n: { type: 'integer' } } };
    const { verdict } = await judge({ output: { n: 1 }, layers: ['schema'], expectedSchema });
    expect(verdict).toEqual({
      valid: true,
      confidence: 1,
      qualityScore: 0.5,
      criteria: [],
      issues: [],
      layers: ['schema'],
    });
    const bad = await judge({ output: { n: 'x' }, layers: ['schema', 'quality'], expectedSchema });
    expect(bad.verdict).toMatchObject({ valid: false, layers: ['schema', 'quality'] });
    expect(bad.verdict.confidence).toBeLessThan(0.6);
    expect(bad.verdict.issues[0]).toMatchObject({ severity: 'error', type: 'schema_violation', location: '/n' });
  });

  it('is undecided when nothing ran', async () => {
    const { verdict } = await judge({ output: 'Anything at all.', layers: ['criteria'] });
    expect(verdict).toEqual({ valid: true, confidence: 0.5, qualityScore: 0.5, criteria: [], issues: [], layers: [] });
  });

  it('refuses what is no request', async () => {
    await expect(judge({ output: 'x', layers: ['beauty' as 'facts'] })).rejects.toMatchObject({
      code: 'validation_error',
    });
  });
});

describe('criteria', () => {
  const acceptanceCriteria = ['Includes a docstring', 'Is elegant'];

  it('decide what rules can tell and leave the rest open without a real model', async () => {
    const { verdict } = await judge({ output: PYTHON, layers: ['criteria'] }, { task: { acceptanceCriteria } });
    expect(verdict.criteria).toMatchObject([{ state: 'passed' }, { state: 'unknown' }]);
    expect(found(verdict)).toEqual(['warning criteria_unknown']);
    expect(verdict).toMatchObject({ valid: true, layers: ['criteria'], confidence: 0.5 });
    expect(verdict.issues[0]?.message).toContain('OPENAI_API_KEY');
  });

  it('count as not run when none was decided', async () => {
    const task = { acceptanceCriteria: ['Is elegant'] };
    const { verdict } = await judge({ output: PYTHON, layers: ['criteria'] }, { task });
    expect(verdict).toMatchObject({ layers: [], confidence: 0.5, valid: true });
    expect(found(verdict)).toEqual(['warning criteria_unknown']);
  });

  it('go to the model where rules say nothing', async () => {
    const results = [{ number: 1, state: 'failed', evidence: 'return a + b', explanation: 'Too plain.' }];
    const script = { criteria: [{ results }] };
    const { verdict } = await judge({ output: PYTHON, layers: ['criteria'] }, { task: { acceptanceCriteria }, script });
    expect(verdict).toMatchObject({ valid: false, confidence: 0.5 });
    expect(found(verdict)).toEqual(['error criteria_not_met']);
  });

  it('are proven by the tests that come with code', async () => {
    const output = { code: PYTHON, tests: 'def test_add():\n    assert add(1, 2) == 4\n' };
    const { verdict } = await judge(
      { output, layers: ['criteria'] },
      { task: { acceptanceCriteria: ['All tests pass'] } },
    );
    expect(verdict).toMatchObject({ valid: false, testRun: { ran: true, failed: 1 }, criteria: [{ state: 'failed' }] });
  });
});

describe('syntax', () => {
  it.each([
    ['python', PYTHON],
    ['python', 'x = 1\nprint(f"{x}")\n'],
    ['javascript', 'const a = require("a");\nreturn a;'],
    ['javascript', 'import a from "a";\nexport const b = await a();'],
    ['javascript', '#!/usr/bin/env node\nconsole.log(1)'],
    ['json', '{"a": [1]}'],
  ])('accepts %s: %j', async (language, output) => {
    const { verdict } = await judge({ output, language, layers: ['syntax'] });
    expect(verdict).toMatchObject({ valid: true, confidence: 1, issues: [], layers: ['syntax'] });
  });

  it.each([
    ['python', 'def add(a, b)\n    return a + b\n', 'line 1'],
    ['python', 'x = 1\nreturn x\n', 'line 2'],
    ['javascript', 'const a = 1;\nconst b = ;\n', 'line 2'],
    ['javascript', 'import a from "a";\nexport const = 1;', 'line 2'],
  ])('convicts %s: %j', async (language, output, place) => {
    const { verdict } = await judge({ output, language, layers: ['syntax'] });
    expect(verdict).toMatchObject({ valid: false, confidence: 0, layers: ['syntax'] });
    expect(verdict.issues).toMatchObject([{ severity: 'error', type: 'syntax_error' }]);
    expect(verdict.issues[0]?.location).toContain(place);
  });

  it('never runs what it parses', async () => {
    const { verdict } = await judge({ output: 'while True:\n    pass\n', language: 'python', layers: ['syntax'] });
    expect(verdict).toMatchObject({ valid: true, confidence: 1 });
  });

  it('finds the language of a block of Markdown and of plain code', async () => {
    const fenced = await judge({ output: '```python\ndef f(:\n```', layers: ['syntax'] });
    expect(found(fenced.verdict)).toEqual(['error syntax_error']);
    const plain = await judge({ output: 'const a = (b) => {', layers: ['syntax'] });
    expect(plain.verdict.issues[0]?.message).toContain('no valid javascript');
  });

  it.each([
    ['kotlin', 'fun main() {}'],
    [undefined, 'Paris is the capital of France.'],
  ])('says that it did not check %s', async (language, output) => {
    const { verdict } = await judge({ output, layers: ['syntax'], ...(language !== undefined && { language }) });
    expect(verdict).toMatchObject({ valid: true, layers: [] });
    expect(found(verdict)).toEqual(['warning syntax_not_checked']);
  });
});

describe('quality', () => {
  it('does not hold it against bare code that no tests came along', async () => {
    const { verdict } = await judge({ output: PYTHON, language: 'python', layers: ['quality'] });
    expect(verdict.qualityScore).toBe(1);
    const undone = await judge({ output: 'def f():\n    pass  # TODO\n', language: 'python', layers: ['quality'] });
    expect(undone.verdict.qualityScore).toBeLessThan(0.6);
    expect(found(undone.verdict)).toEqual(['warning incomplete_output']);
  });
});

describe('hallucination', () => {
  const context = {
    article: 'The Eiffel Tower stands in Paris. It was completed in 1889 and is 330 metres tall.',
    architect: 'Stephen Sauvestre',
  };
  const output =
    'The Eiffel Tower was completed in 1889. It is 330 metres tall. It was painted green in 2019. It was not completed in 1889.';

  it('counts the claims that the context does not bear out', async () => {
    const { verdict } = await judge({ output, layers: ['hallucination'] }, { task: { context } });
    const claims = verdict.issues.filter(({ type }) => type === 'unsupported_claim');
    expect(claims.map(({ message }) => message)).toEqual([
      'The context does not say: It was painted green in 2019.',
      'The context does not say: It was not completed in 1889. It says: "The Eiffel Tower stands in Paris. It was completed in 1889 and is 330 metres tall."',
    ]);
    expect(verdict).toMatchObject({ valid: true, confidence: 0.5, layers: ['hallucination'] });
    expect(verdict.issues.at(-1)).toMatchObject({ severity: 'info' });
    expect(verdict.issues.at(-1)?.message).toContain('OPENAI_API_KEY');
  });

  it('asks a real model and believes it where it quotes what stands there', async () => {
    const results = [
      { number: 1, state: 'supported', evidence: 'completed in 1889' },
      { number: 2, state: 'supported', evidence: 'a quote that is made up' },
      { number: 3, state: 'supported', evidence: 'painted green' },
      { number: 4, state: 'contradicted', evidence: 'It was completed in 1889' },
    ];
    const { verdict, model } = await judge(
      { output, layers: ['hallucination'] },
      { task: { context }, script: { claims: [{ results }] } },
    );
    // The second is borne out by its words, although the model's quote is not.
    expect(verdict.issues.map(({ message }) => message)).toEqual([
      'The context does not say: It was painted green in 2019.',
      'The context does not say: It was not completed in 1889. It says: "The Eiffel Tower stands in Paris. It was completed in 1889 and is 330 metres tall."',
    ]);
    expect(model.calls[0]?.messages[0]?.content).not.toContain('Eiffel');
  });

  it('goes by words when the model is away', async () => {
    const script = { claims: [new TransientError('model_unavailable', 'away')] };
    const { verdict } = await judge({ output, layers: ['hallucination'] }, { task: { context }, script });
    expect(verdict).toMatchObject({ confidence: 0.5, layers: ['hallucination'] });
    expect(verdict.issues.at(-1)?.message).toContain('did not answer');
  });

  it('cannot be told without context, nor of bare code', async () => {
    const none = await judge({ output, layers: ['hallucination'] });
    expect(none.verdict).toMatchObject({ layers: [], confidence: 0.5 });
    expect(found(none.verdict)).toEqual(['warning hallucination_not_checked']);
    const code = await judge({ output: PYTHON, layers: ['hallucination'] }, { task: { context } });
    expect(found(code.verdict)).toEqual(['warning hallucination_not_checked']);
  });
});

describe('facts', () => {
  const output = 'Paris had 2,102,650 inhabitants in 2023. The Rhine flows through Paris. What a city!';

  it('are held against the stored documents', async () => {
    shelf.documents = [{ source: 'census', content: 'In 2023 the city of Paris had 2102650 inhabitants.' }];
    const { verdict } = await judge({ output, layers: ['facts'] });
    expect(verdict).toMatchObject({ valid: true, layers: ['facts'], confidence: 0.5 });
    expect(verdict.issues[0]).toMatchObject({
      severity: 'warning',
      type: 'unverified_fact',
      message: 'No source confirms: The Rhine flows through Paris.',
    });
  });

  it('are held against trusted sources alone when there are some', async () => {
    shelf.documents = [
      { source: 'https://census.example/paris', content: 'In 2023 Paris had 2102650 inhabitants.' },
      { source: 'https://rumours.example/', content: 'The Rhine flows through Paris.' },
    ];
    const { verdict } = await judge({ output, layers: ['facts'], trustedSources: ['https://census.example/paris'] });
    expect(verdict.confidence).toBe(0.5);
    const byText = await judge({ output, layers: ['facts'], trustedSources: ['The Rhine flows through Paris.'] });
    expect(byText.verdict.issues[0]?.message).toContain('2,102,650');
  });

  it('are not checked where there is nothing to check them against', async () => {
    shelf.documents = [{ source: 'other', content: 'In 2023 Paris had 2102650 inhabitants.' }];
    const { verdict } = await judge({ output, layers: ['facts'], trustedSources: ['https://nowhere.example/'] });
    expect(verdict).toMatchObject({ layers: [], confidence: 0.5 });
    expect(verdict.issues).toMatchObject([{ severity: 'warning', type: 'facts_not_checked' }]);
    expect(verdict.issues[0]?.message).toContain('https://nowhere.example/');
  });

  it('are told with the passage that says so, or says otherwise', async () => {
    const trustedSources = ['The Seine flows through Paris. Paris has 20 districts.'];
    const { verdict } = await judge({
      output: 'Paris has 20 districts. The Seine flows through Lyon.',
      layers: ['facts'],
      trustedSources,
    });
    expect(verdict.issues.slice(0, 2)).toMatchObject([
      {
        severity: 'warning',
        type: 'unverified_fact',
        message: expect.stringContaining('It says: "The Seine flows through Paris."'),
      },
      {
        severity: 'info',
        type: 'verified_fact',
        message: expect.stringContaining('The source says: "Paris has 20 districts."'),
      },
    ]);
    const persuaded = { results: [{ number: 1, state: 'supported', evidence: 'The Seine flows through' }] };
    const script = { claims: [persuaded] };
    const talked = await judge(
      { output: 'The Seine flows through Lyon.', layers: ['facts'], trustedSources },
      { script },
    );
    expect(talked.verdict).toMatchObject({ confidence: 0, issues: [{ type: 'unverified_fact' }] });
  });

  it('of which there are none are not wrong', async () => {
    const { verdict } = await judge({ output: 'Hello there, how are things?', layers: ['facts'] });
    expect(verdict).toMatchObject({ confidence: 1, layers: ['facts'], issues: [] });
  });

  it('are read from objects too', async () => {
    const output = { city: 'Paris', population: 5_000_000, note: 'Paris has 20 districts.' };
    const { verdict } = await judge({
      output,
      layers: ['facts'],
      trustedSources: ['The city of Paris has 20 districts and a population of 2102650.'],
    });
    expect(verdict.issues.filter(({ type }) => type === 'unverified_fact').map(({ message }) => message)).toEqual([
      'No source confirms: population: 5000000',
    ]);
  });
});
