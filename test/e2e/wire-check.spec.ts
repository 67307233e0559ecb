import { embeddedColumn, type Column } from '../support/columns';
import { Database } from '../../src/drivers/database/database.service';
import { TestServer } from '../support/server';

describe('checking a text by itself', () => {
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

  const check = async (body: Record<string, unknown>, path = '/check') => {
    const answer = await server.request('POST', path, body);
    return { status: answer.status, body: answer.body };
  };

  it('the published document: text and check_types', async () => {
    const text = 'Mail john.smith@acme-corp.com about SSN 123-45-6789';
    const { status, body } = await check({ text, check_types: ['all'] });
    expect(status).toBe(200);
    expect(body).toEqual({
      safe: false,
      risk_level: 'high',
      risk_score: 0.7,
      should_proceed: false,
      blocked: true,
      issues: [
        {
          type: 'pii',
          risk_level: 'medium',
          message: 'Personal data was found: email.',
          matched_pattern: 'email',
          position: 5,
          redaction: '[EMAIL-REDACTED]',
          issue_type: 'pii',
          severity: 'medium',
          description: 'Personal data was found: email.',
          location: '5-29',
          detected_value: '[EMAIL-REDACTED]',
        },
        {
          type: 'pii',
          risk_level: 'high',
          message: 'Personal data was found: ssn.',
          matched_pattern: 'ssn',
          position: 40,
          redaction: '[SSN-REDACTED]',
          issue_type: 'pii',
          severity: 'high',
          description: 'Personal data was found: ssn.',
          location: '40-51',
          detected_value: '[SSN-REDACTED]',
        },
      ],
      sanitized_text: 'Mail [EMAIL-REDACTED] about SSN [SSN-REDACTED]',
      sanitized_content: 'Mail [EMAIL-REDACTED] about SSN [SSN-REDACTED]',
      redacted_content: 'Mail [EMAIL-REDACTED] about SSN [SSN-REDACTED]',
      pii_detected: true,
      pii_entities: [
        {
          type: 'email',
          value: 'john.smith@acme-corp.com',
          start: 5,
          end: 29,
          confidence: expect.any(Number) as number,
        },
        { type: 'ssn', value: '123-45-6789', start: 40, end: 51, confidence: 1 },
      ],
      harmful_detected: false,
      harm_categories: [],
      metadata: {
        checks_performed: ['pii', 'secrets', 'content', 'policy'],
        pii_types_found: ['email', 'ssn'],
        secret_types_found: [],
        processing_time_ms: expect.any(Number) as number,
        block_reason: 'high risk: ssn',
      },
    });
  });

  it('redaction and blocking can be switched off; what is safe does not change by it', async () => {
    const text = 'SSN 123-45-6789';
    const { body } = await check({ text, check_types: ['pii'], redact_pii: false, block_on_high_risk: false });
    expect(body).toMatchObject({ safe: false, blocked: false, should_proceed: true, sanitized_text: text });
    expect(body['metadata']).not.toHaveProperty('block_reason');
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{ text: 'x', check_types: ['content', 'pii', 'content'] }, ['content', 'pii']],
    [{ content: 'x' }, ['pii', 'content']],
    [{ content: 'x', check_harmful: false }, ['pii']],
    [{ content: 'x', sanitize: true }, ['pii', 'injection', 'harmful_content']],
    [{ content: 'x', check_types: ['pii', 'policy_violation'] }, ['pii', 'policy_violation']],
    [{ content: 'x', check_types: ['all'] }, ['pii', 'secrets', 'content', 'policy']],
  ])('names the checks of %j as the client does', async (body, performed) => {
    expect((await check(body)).body['metadata']).toMatchObject({ checks_performed: performed });
  });

  it('a text without anything', async () => {
    const { body } = await check({ text: 'A quiet afternoon.', check_types: ['pii', 'content', 'secrets', 'policy'] });
    expect(body).toMatchObject({
      safe: true,
      risk_level: 'none',
      risk_score: 0,
      issues: [],
      sanitized_text: 'A quiet afternoon.',
    });
  });

  it.each([{ text: ' \n', check_types: ['all'] }, { content: '\t' }])(
    'white space is a text like any other: %j',
    async (body) => {
      expect(await check(body)).toMatchObject({ status: 200, body: { safe: true } });
    },
  );

  it('the Python SDK: content, check_types, sanitize', async () => {
    const secret = `sk-${'a1B2'.repeat(12)}`;
    const { body } = await check({
      content: `Use ${secret}, then DROP: ' OR '1'='1'`,
      check_types: ['pii', 'injection', 'harmful_content'],
      sanitize: true,
    });
    expect(body).toMatchObject({
      safe: false,
      risk_score: 0.9,
      should_proceed: false,
      issues: [
        { issue_type: 'pii', severity: 'critical', location: '4-55', detected_value: '[OPENAI-KEY-REDACTED]' },
        { issue_type: 'injection', severity: 'high', matched_pattern: 'sql_injection' },
      ],
      sanitized_content: `Use [OPENAI-KEY-REDACTED], then DROP: ' OR '1'='1'`,
    });
    expect(JSON.stringify(body['issues'])).not.toContain(secret);
    const only = await check({ content: '<script>x</script> 123-45-6789', check_types: ['pii'], sanitize: false });
    expect(only.body['sanitized_content']).toBe('<script>x</script> 123-45-6789');
    expect(only.body['issues']).toHaveLength(1);
  });

  it('the TypeScript SDK: content with switches, or alone', async () => {
    const content = 'Reach me at 10.1.2.3 or IBAN DE89370400440532013000';
    const { body } = await check({ content });
    expect(body).toMatchObject({ pii_detected: true, harmful_detected: false });
    expect((body['issues'] as object[]).length).toBeGreaterThan((body['pii_entities'] as object[]).length);
    const harmless = await check({ content, check_pii: false, check_harmful: true });
    expect(harmless.body).toMatchObject({ safe: true, pii_detected: false, redacted_content: content });
    const harmful = await check({ content: 'How to build a pipe bomb', check_pii: false });
    expect(harmful.body).toMatchObject({
      harmful_detected: true,
      harm_categories: ['weapons'],
      safe: true,
      risk_level: 'medium',
    });
  });

  it.each([
    [{ text: 'x' }, 'check_types'],
    [{ check_types: ['pii'] }, 'text'],
    [{ text: 'x', check_types: [] }, 'check_types'],
    [{ text: 'x', check_types: ['magic'] }, 'check_types'],
    [{ content: '' }, 'content'],
    [{ text: 'x'.repeat(50_001), check_types: ['pii'] }, 'text'],
  ])('refuses %j and names %s', async (body, field) => {
    const answer = await check(body);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'validation_error', details: { field }, error: 'ValidationError' },
    });
  });

  it('answers under its prefixes and on /execute, too', async () => {
    for (const path of ['/guardian/check', '/safety_guardian/execute', '/execute']) {
      const { status, body } = await check({ content: 'A quiet afternoon.' }, path);
      expect({ path, status, safe: body['safe'] }).toEqual({ path, status: 200, safe: true });
    }
  });

  it('keeps that it looked, and nothing of what it looked at', async () => {
    const needle = 'haystack-needle-4711';
    await check({ text: `${needle} 123-45-6789`, check_types: ['all'] });
    const database = server.get(Database);
    const tables = await database.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    );
    for (const { name } of tables) {
      const hits = await database.query(`SELECT 1 FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%'`, [needle]);
      expect({ name, hits }).toEqual({ name, hits: [] });
    }
    expect(await database.query("SELECT 1 FROM action_log WHERE arm_id = 'safety-guardian' LIMIT 1")).toHaveLength(1);
  });

  it('moves its metrics', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/safety_checks_total\{check_type="pii",result="unsafe"\} [1-9]/);
    expect(text).toMatch(/safety_issues_by_type\{type="pii",pattern="ssn"\} [1-9]/);
    expect(text).toMatch(/safety_blocked_requests_total [1-9]/);
    expect(text).toMatch(/safety_check_duration_seconds_count [1-9]/);
  });
});
