import { FakeOpenAi } from '../support/fake-openai';
import { type Column, embeddedColumn } from '../support/columns';
import { TestServer } from '../support/server';

const ADD = 'def add(a: int, b: int) -> int:\n    """Add two numbers."""\n    return a + b\n';
const SCHEMA = {
  type: 'object',
  required: ['name', 'age'],
  properties: { name: { type: 'string' }, age: { type: 'integer' } },
};

describe('POST /validate', () => {
  let column: Column;
  let model: FakeOpenAi;
  let server: TestServer;

  beforeAll(async () => {
    column = await embeddedColumn();
    model = await FakeOpenAi.start();
    server = await TestServer.start(column, {}, model);
  });
  afterAll(async () => {
    await server.stop();
    await model.stop();
    await column.dispose();
  });
  beforeEach(() => model.reset());

  const validate = (body: unknown, path = '/validate') => server.request('POST', path, body);

  it('answers validation_types with every field of every dialect', async () => {
    const { status, body } = await validate({
      output: { name: 'Ada', age: 'thirty-six' },
      validation_types: ['schema', 'criteria', 'quality'],
      acceptance_criteria: ['Mentions "Ada"'],
      expected_schema: SCHEMA,
      trusted_sources: ['https://example.com/people'],
      context: { source: 'form' },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      valid: false,
      passed: false,
      confidence: expect.any(Number),
      quality_score: expect.any(Number),
      issues: [
        {
          severity: 'error',
          type: 'schema_violation',
          category: 'schema_violation',
          message: '/age must be integer.',
          location: '/age',
          suggestion: 'Make the output follow expected_schema.',
        },
      ],
      passed_criteria: ['Mentions "Ada"'],
      failed_criteria: [],
      criteria_results: [{ criterion: 'Mentions "Ada"', passed: true, explanation: expect.any(String) }],
      suggestions: ['Make the output follow expected_schema.'],
      metadata: {
        validation_types_run: ['schema', 'criteria', 'quality'],
        total_issues: 1,
        error_count: 1,
        warning_count: 0,
        info_count: 0,
        model: 'none',
        tokens_used: 0,
        cost_usd: 0,
        duration_ms: expect.any(Number),
      },
    });
  });

  it('answers the Python SDK: criteria, quality and the syntax of code, severity in its words', async () => {
    const { status, body } = await validate({
      output: ADD,
      output_type: 'python_code',
      acceptance_criteria: ['Includes a docstring', 'Has no type hints'],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      valid: false,
      quality_score: 1,
      passed_criteria: ['Includes a docstring'],
      failed_criteria: ['Has no type hints'],
      metadata: { validation_types_run: ['criteria', 'quality', 'syntax'] },
    });
    expect(body['issues']).toEqual([
      {
        severity: 'high',
        type: 'criteria_not_met',
        category: 'criteria_not_met',
        message: expect.stringContaining('Has no type hints'),
        suggestion: expect.any(String),
      },
    ]);
    expect(body['confidence']).toBeCloseTo((0.5 + 1 + 1) / 3);
  });

  it('answers the TypeScript SDK: criteria, and the format if there is one, issues as texts', async () => {
    const { status, body } = await validate({
      output: '{"name": "Ada"}',
      criteria: ['Mentions "Ada"', 'Mentions "Bob"'],
      expected_format: SCHEMA,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      passed: false,
      criteria_results: [
        { criterion: 'Mentions "Ada"', passed: true, explanation: expect.any(String) },
        { criterion: 'Mentions "Bob"', passed: false, explanation: expect.any(String) },
      ],
      issues: expect.arrayContaining([expect.stringContaining("must have required property 'age'")]),
      metadata: { validation_types_run: ['criteria', 'schema'] },
    });
    for (const issue of body['issues'] as unknown[]) expect(typeof issue).toBe('string');
  });

  it('finds a fault of syntax without running anything', async () => {
    const { body } = await validate({
      output: 'def f(:\n    pass\n',
      validation_types: ['syntax'],
      output_type: 'python_code',
    });
    expect(body).toMatchObject({
      valid: false,
      confidence: 0,
      quality_score: 0.5,
      issues: [{ severity: 'error', type: 'syntax_error', location: expect.stringContaining('line 1') }],
    });
  });

  it('asks the model for what the context does not bear out', async () => {
    const results = [
      { number: 1, state: 'supported', evidence: 'completed in 1889' },
      { number: 2, state: 'unsupported', evidence: '' },
    ];
    model.next({ results });
    const { body } = await validate({
      output: 'The Eiffel Tower was completed in 1889. It was painted green in 2019.',
      validation_types: ['hallucination'],
      context: 'The Eiffel Tower stands in Paris and was completed in 1889.',
    });
    expect(body).toMatchObject({
      valid: true,
      confidence: 0.5,
      issues: [
        {
          severity: 'warning',
          type: 'unsupported_claim',
          category: 'unsupported_claim',
          message: 'The context does not say: It was painted green in 2019.',
        },
      ],
      metadata: { validation_types_run: ['hallucination'], warning_count: 1, model: expect.stringMatching(/./) },
    });
    expect(model.asked('claims')).toHaveLength(1);
  });

  it('checks facts against the stored documents of the trusted source', async () => {
    const source = 'https://census.example/paris';
    const documents = [{ content: 'In 2023 the city of Paris had 2102650 inhabitants.', source }];
    expect((await server.request('POST', '/api/v1/documents', { documents })).status).toBeLessThan(300);
    model.next({ results: [{ number: 1, state: 'supported', evidence: 'had 2102650 inhabitants' }] });
    const known = await validate({
      output: 'Paris had 2,102,650 inhabitants in 2023.',
      validation_types: ['facts'],
      trusted_sources: [source],
    });
    expect(known.body).toMatchObject({
      confidence: 1,
      issues: [
        { severity: 'info', type: 'verified_fact', message: expect.stringContaining('had 2102650 inhabitants') },
      ],
      metadata: { validation_types_run: ['facts'], warning_count: 0 },
    });
    const unknown = await validate({
      output: 'Paris had 2,102,650 inhabitants in 2023.',
      validation_types: ['facts'],
      trusted_sources: [`${model.url}/census`],
    });
    expect(unknown.body).toMatchObject({
      valid: true,
      confidence: 0.5,
      issues: [{ severity: 'warning', type: 'facts_not_checked' }],
      metadata: { validation_types_run: [] },
    });
    // There is a server under that address, and it was not asked.
    expect(model.paths).not.toContain('GET /v1/census');
  });

  it.each([
    [{ output: 1, validation_types: ['schema'] }, 'expected_schema'],
    [{ output: 'x', validation_types: ['criteria'] }, 'acceptance_criteria'],
  ])('%j is 400 for want of %s', async (request, missing) => {
    const { status, body } = await validate(request);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'ValidationError', details: { missing_field: missing } });
  });

  it('skips criteria when the list is empty', async () => {
    const { status, body } = await validate({ output: 'x', validation_types: ['criteria'], acceptance_criteria: [] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ valid: true, confidence: 0.5, issues: [], metadata: { validation_types_run: [] } });
  });

  it.each([
    ['no output', { criteria: [] }, 'output'],
    ['null for output', { output: null, validation_types: ['quality'] }, 'output'],
    ['an object without validation_types', { output: {}, criteria: [] }, 'output'],
    ['an unknown layer', { output: 1, validation_types: ['beauty'] }, 'validation_types'],
    ['no layer', { output: 1, validation_types: [] }, 'validation_types'],
    ['an unknown field', { output: 'x', strict: true }, 'strict'],
  ])('%s is 400 and names the field', async (_, request, field) => {
    const { status, body } = await validate(request);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'ValidationError', code: 'validation_error', details: { field } });
  });

  it.each([[0], [false], [''], [[1, 2]]])('judges %j like any other value', async (output) => {
    const { status, body } = await validate({ output, validation_types: ['schema'], expected_schema: {} });
    expect(status).toBe(200);
    expect(body).toMatchObject({ valid: true, confidence: 1 });
  });

  it('compares proposals in both orders and judges the best', async () => {
    model.answer(({ purpose, user }) => {
      if (purpose !== 'comparison') return undefined;
      const { first } = (user as { untrusted: { first: string } }).untrusted;
      const better = first.startsWith('Good') ? 'first' : 'second';
      return { better, evidence: 'Good morning', explanation: 'It greets.' };
    });
    const { status, body } = await validate({
      instruction: 'Greet the reader',
      proposals: ['What do you want?', 'Good morning, dear reader.'],
      criteria: ['At most 10 words'],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      passed: true,
      passed_criteria: ['At most 10 words'],
      comparison: {
        winner: 1,
        ranking: [
          { proposal: 1, rank: 1, score: 1 },
          { proposal: 0, rank: 2, score: 0 },
        ],
        pairs: [{ first: 0, second: 1, winner: 1, by: 'model', confidence: 0.9, explanation: expect.any(String) }],
        method: 'copeland',
      },
    });
    expect(model.asked('comparison')).toHaveLength(2);
  });

  it.each([
    ['one proposal', { proposals: ['a'] }, 'proposals'],
    ['nine', { proposals: Array.from({ length: 9 }, String) }, 'proposals'],
    ['an output besides', { proposals: ['a', 'b'], output: 'c' }, 'output'],
  ])('%s to compare is 400 and names the field', async (_, request, field) => {
    const { status, body } = await validate(request);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'validation_error', details: { field } });
  });

  it.each([
    ['a schema that never ends', { $ref: '#' }],
    ['a schema that lies elsewhere', { $ref: 'http://127.0.0.1:1/schema.json' }],
  ])('%s is a warning, and the layer counts as not run', async (_, expected_schema) => {
    const { status, body } = await validate({ output: {}, validation_types: ['schema'], expected_schema });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      valid: true,
      confidence: 0.5,
      issues: [{ severity: 'warning', type: 'schema_unusable' }],
      metadata: { validation_types_run: [] },
    });
  });

  it('is the same under the prefix, and as what every arm executes', async () => {
    for (const path of ['/judge/validate', '/judge/execute', '/execute']) {
      const { status, body } = await validate({ output: 'x', validation_types: ['quality'] }, path);
      expect({ path, status, run: body['metadata'] }).toMatchObject({
        path,
        status: 200,
        run: { validation_types_run: ['quality'] },
      });
    }
  });
});

describe('POST /validate without a real model', () => {
  let column: Column;
  let server: TestServer;

  beforeAll(async () => {
    column = await embeddedColumn();
    server = await TestServer.start(column);
  });
  afterAll(async () => {
    await server.stop();
    await column.dispose();
  });

  it('leaves open what only a model could tell, and names the variable', async () => {
    const { status, body } = await server.request('POST', '/validate', {
      output: ADD,
      acceptance_criteria: ['Includes a docstring', 'Is a joy to read'],
      output_type: 'python_code',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      valid: true,
      passed_criteria: ['Includes a docstring'],
      failed_criteria: [],
      criteria_results: [{ passed: true }, { passed: false, explanation: expect.stringContaining('OPENAI_API_KEY') }],
      issues: [{ severity: 'medium', type: 'criteria_unknown' }],
      metadata: { model: 'none', validation_types_run: ['criteria', 'quality', 'syntax'] },
    });
  });

  it('weighs claims by their words and says so', async () => {
    const { body } = await server.request('POST', '/validate', {
      output: 'The Eiffel Tower was completed in 1889. It was painted green in 2019.',
      validation_types: ['hallucination'],
      context: { article: 'The Eiffel Tower stands in Paris. It was completed in 1889.' },
    });
    expect(body).toMatchObject({
      valid: true,
      confidence: 0.5,
      issues: [
        { severity: 'warning', type: 'unsupported_claim', message: expect.stringContaining('painted green') },
        { severity: 'info', type: 'hallucination_note', message: expect.stringContaining('OPENAI_API_KEY') },
      ],
    });
  });
});
