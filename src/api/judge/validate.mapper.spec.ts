import { UserError } from '../../common/errors';
import type { Verdict } from '../../contracts/outcome';
import type { ArmAnswer } from '../../intake/intake.port';
import type { Wire } from '../http/types';
import type { ValidateRequestDto } from './validate-request.dto';
import { issueFormOf, toValidateCall } from './validate-request.mapper';
import { toValidationDto } from './validate-response.mapper';

const OUTPUT = 'def f(): ...';
const SCHEMA = { type: 'string' };
const thrownBy = (call: () => unknown): unknown => {
  try {
    return call();
  } catch (error) {
    return error;
  }
};

describe('toValidateCall', () => {
  it.each<[string, Wire<ValidateRequestDto>, string[]]>([
    ['the layers named', { output: 1, validation_types: ['facts', 'quality', 'facts'] }, ['facts', 'quality']],
    ['criteria alone', { output: OUTPUT, criteria: ['Short'] }, ['criteria']],
    ['criteria with a format', { output: OUTPUT, criteria: [], expected_format: SCHEMA }, ['criteria', 'schema']],
    ['a text', { output: OUTPUT, acceptance_criteria: ['Short'], output_type: 'text' }, ['criteria', 'quality']],
    ['code', { output: OUTPUT, output_type: 'python_code' }, ['criteria', 'quality', 'syntax']],
    ['code by context', { output: OUTPUT, context: { language: 'js' } }, ['criteria', 'quality', 'syntax']],
    ['null for absent', { output: OUTPUT, criteria: null, validation_types: null }, ['criteria', 'quality']],
  ])('takes its layers from %s', (_, given, layers) => {
    expect(toValidateCall(given).input['layers']).toEqual(layers);
  });

  it('hands over the output as data and what steers with the draft', () => {
    const call = toValidateCall({
      output: { a: 1 },
      validation_types: ['schema', 'criteria', 'facts'],
      acceptance_criteria: ['Has a'],
      expected_schema: SCHEMA,
      trusted_sources: ['https://example.com'],
      context: 'Background',
    });
    expect(call).toMatchObject({
      arm: 'judge',
      draft: { acceptanceCriteria: ['Has a'], context: { text: 'Background' } },
      input: { output: { a: 1 }, expectedSchema: SCHEMA, trustedSources: ['https://example.com'] },
    });
    expect(call.input).not.toHaveProperty('language');
  });

  it.each([
    ['python_code', 'python'],
    ['JavaScript', 'JavaScript'],
    ['code', undefined],
    ['source_code', undefined],
    ['text', undefined],
  ])('reads the language of %s as %s', (output_type, language) => {
    expect(toValidateCall({ output: OUTPUT, output_type }).input['language']).toBe(language);
  });

  it.each<[Wire<ValidateRequestDto>, string]>([
    [{ output: 1, validation_types: ['schema'] }, 'expected_schema'],
    [{ output: 1, validation_types: ['quality', 'criteria'] }, 'acceptance_criteria'],
  ])('refuses %j for want of %s', (given, missing_field) => {
    const call = () => toValidateCall(given);
    expect(call).toThrow(UserError);
    expect(thrownBy(call)).toMatchObject({ code: 'missing_required_field', details: { missing_field } });
  });

  it('takes an empty list of criteria', () => {
    const call = toValidateCall({ output: 1, validation_types: ['criteria'], acceptance_criteria: [] });
    expect(call.draft.acceptanceCriteria).toEqual([]);
  });
});

describe('issueFormOf', () => {
  it.each<[Wire<ValidateRequestDto>, string]>([
    [{ output: 1, validation_types: ['quality'], criteria: ['x'] }, 'typed'],
    [{ output: 'x', criteria: [] }, 'texts'],
    [{ output: 'x', acceptance_criteria: [] }, 'graded'],
  ])('of %j is %s', (given, form) => expect(issueFormOf(given)).toBe(form));
});

describe('toValidationDto', () => {
  const verdict: Verdict = {
    valid: false,
    confidence: 0.25,
    qualityScore: 0.5,
    criteria: [
      { criterion: 'A', state: 'passed', explanation: 'Seen.' },
      { criterion: 'B', state: 'failed', explanation: 'Missing.' },
      { criterion: 'C', state: 'unknown', explanation: 'No model.' },
    ],
    issues: [
      { severity: 'error', type: 'schema_violation', message: 'm1', location: '/n', suggestion: 's' },
      { severity: 'error', type: 'criteria_not_met', message: 'm2', suggestion: 's' },
      { severity: 'warning', type: 'unverified_fact', message: 'm3' },
      { severity: 'info', type: 'facts_note', message: 'm4' },
    ],
    layers: ['schema', 'criteria'],
  };
  const answer: ArmAnswer = {
    runId: 'r',
    arm: 'judge',
    output: verdict,
    confidence: 0.25,
    warnings: ['w'],
    models: [],
    tokensUsed: 0,
    costUsd: 0,
    durationMs: 3.6,
  };

  it('says everything in the words of every dialect', () => {
    expect(toValidationDto(answer, 'typed')).toEqual({
      valid: false,
      passed: false,
      confidence: 0.25,
      quality_score: 0.5,
      issues: [
        {
          severity: 'error',
          type: 'schema_violation',
          category: 'schema_violation',
          message: 'm1',
          location: '/n',
          suggestion: 's',
        },
        { severity: 'error', type: 'criteria_not_met', category: 'criteria_not_met', message: 'm2', suggestion: 's' },
        { severity: 'warning', type: 'unverified_fact', category: 'unverified_fact', message: 'm3' },
        { severity: 'info', type: 'facts_note', category: 'facts_note', message: 'm4' },
      ],
      passed_criteria: ['A'],
      failed_criteria: ['B'],
      criteria_results: [
        { criterion: 'A', passed: true, explanation: 'Seen.' },
        { criterion: 'B', passed: false, explanation: 'Missing.' },
        { criterion: 'C', passed: false, explanation: 'Not judged: No model.' },
      ],
      suggestions: ['s', 'w'],
      metadata: {
        validation_types_run: ['schema', 'criteria'],
        total_issues: 4,
        error_count: 2,
        warning_count: 1,
        info_count: 1,
        model: 'none',
        tokens_used: 0,
        cost_usd: 0,
        duration_ms: 4,
      },
    });
  });

  it('grades severity where no layers were named', () => {
    const issues = toValidationDto(answer, 'graded').issues as { severity: string }[];
    expect(issues.map(({ severity }) => severity)).toEqual(['critical', 'high', 'medium', 'low']);
  });

  it('writes issues as texts for those who gave criteria', () => {
    expect(toValidationDto(answer, 'texts').issues).toEqual(['m1', 'm2', 'm3', 'm4']);
  });
});
