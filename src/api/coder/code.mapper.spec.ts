import { UserError } from '../../common/errors';
import type { CodeReply } from '../../contracts/direct';
import type { ArmAnswer } from '../../intake/intake.port';
import type { Wire } from '../http/types';
import type { CodeRequestDto } from './code-request.dto';
import { toCodeCall as callFor, toCodeDto } from './code.mapper';

const toCodeCall = (given: Wire<CodeRequestDto>) => callFor(given, 'key:1');

const thrownBy = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

const CODE = 'def add(a, b):\n    return a + b';

describe('toCodeCall', () => {
  it('understands request_type and instruction', () => {
    const call = toCodeCall({
      request_type: 'debug',
      instruction: 'Find out why it fails',
      language: 'python',
      existing_code: CODE,
      context: { framework: 'flask' },
      constraints: ['Keep the name'],
    });
    expect(call).toMatchObject({
      arm: 'coder',
      holder: 'key:1',
      action: 'Work on code: debug',
      draft: { goal: 'Find out why it fails', constraints: ['Keep the name'], context: { framework: 'flask' } },
    });
    expect(call.input).toEqual({
      operation: 'debug',
      language: 'python',
      existingCode: CODE,
      includeTests: true,
      includeDocstrings: true,
    });
  });

  it('understands operation and prompt, without tests unless they are asked for', () => {
    const given: Wire<CodeRequestDto> = {
      operation: 'refactor',
      prompt: 'Make it readable',
      code: CODE,
      style_guide: 'pep8',
    };
    const call = toCodeCall(given);
    expect(call.draft).toMatchObject({ goal: 'Make it readable', constraints: ['Follow the style guide: pep8'] });
    expect(call.input).toEqual({
      operation: 'refactor',
      existingCode: CODE,
      includeTests: false,
      includeDocstrings: true,
    });
    expect(toCodeCall({ ...given, include_tests: true }).input['includeTests']).toBe(true);
    expect(toCodeCall({ ...given, include_docstrings: false }).input['includeDocstrings']).toBe(false);
  });

  it('takes null for absent, a text for context, an object for constraints', () => {
    const { draft, input } = toCodeCall({
      operation: 'generate',
      prompt: 'Add two numbers',
      language: null,
      existing_code: null,
      style_guide: null,
      context: 'For beginners',
      constraints: { max_lines: 40 },
    });
    expect(draft).toMatchObject({ context: { text: 'For beginners' }, constraints: ['max_lines: 40'] });
    expect(input).toEqual({ operation: 'generate', includeTests: false, includeDocstrings: true });
  });

  it('takes an empty text for no code', () => {
    const given = { operation: 'generate', prompt: 'Add two numbers', existing_code: '', code: ' \n' } as const;
    expect(toCodeCall(given).input).not.toHaveProperty('existingCode');
    expect(toCodeCall({ ...given, code: CODE }).input).toMatchObject({ existingCode: CODE });
    expect(thrownBy(() => toCodeCall({ ...given, operation: 'debug' }))).toMatchObject({
      code: 'missing_required_field',
      details: { field: 'existing_code', request_type: 'debug' },
    });
  });

  it('gives long code a larger budget', () => {
    const tokens = (code: string) =>
      toCodeCall({ operation: 'explain', prompt: 'Explain this to me', code }).draft.budget.maxTokens;
    expect(tokens(CODE.repeat(1_000)) - tokens(CODE)).toBeGreaterThan(20_000);
  });

  it.each(['debug', 'refactor', 'analyze', 'test', 'explain', 'optimize'] as const)('%s needs code', (request_type) => {
    const call = () => toCodeCall({ request_type, instruction: 'Look at this code', language: 'python' });
    expect(call).toThrow(UserError);
    expect(thrownBy(call)).toMatchObject({
      code: 'missing_required_field',
      details: { field: 'existing_code', request_type },
    });
  });
});

describe('toCodeDto', () => {
  const reply: CodeReply = {
    success: true,
    code: CODE,
    tests: '',
    explanation: 'Adds.',
    language: 'python',
    memoryHits: 0,
  };
  const answer: ArmAnswer = {
    runId: 'r',
    arm: 'coder',
    output: { ...reply },
    confidence: 0.6,
    warnings: [],
    models: ['small', 'large'],
    tokensUsed: 120,
    costUsd: 0.001,
    durationMs: 12.4,
  };

  it('leaves out what is absent and keeps lists as lists', () => {
    expect(toCodeDto(answer, 'generate')).toEqual({
      success: true,
      code: CODE,
      explanation: 'Adds.',
      language: 'python',
      confidence: 0.6,
      warnings: [],
      metadata: {
        model: 'large',
        tokens_used: 120,
        cost_usd: 0.001,
        memory_hits: 0,
        episodic_memory_used: false,
        request_type: 'generate',
        duration_ms: 12,
      },
    });
  });

  it('tells what the tests showed', () => {
    const testRun = { ran: true, passed: 2, failed: 0, failures: [], durationMs: 5, engine: 'bubblewrap' };
    const output = { ...reply, tests: 'def test_a(): ...', testRun } as unknown as ArmAnswer['output'];
    const dto = toCodeDto({ ...answer, output, models: [] }, 'test');
    expect(dto.tests).toBe('def test_a(): ...');
    expect(dto.metadata).toMatchObject({ model: 'none', test_run: { ran: true, passed: 2, failed: 0, failures: [] } });
  });
});
