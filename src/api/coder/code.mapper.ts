import { UserError } from '../../common/errors';
import { toWireProof } from '../../common/wire-proof';
import type { CodeReply, CodeRequest } from '../../contracts/direct';
import type { TestRun } from '../../contracts/outcome';
import type { ArmAnswer, ArmCall } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import { toConstraints, toContext } from '../http/steering';
import type { Wire } from '../http/types';
import { toArmUsage } from '../http/arm-usage';
import { type CodeRequestDto, asksByRequestType } from './code-request.dto';
import type { CodeDto } from './code-response.dto';

type Given = Wire<CodeRequestDto>;

/** Tokens of a call without code, and for each character of code: it may be read and written three times. */
const TOKENS = { base: 20_000, perCharacter: 3 };

/** The call a body of either dialect asks for, on behalf of a caller: what it leaves in memory is his. Throws `missing_required_field` when there is no code to work on. */
export const toCodeCall = (given: Given, holder: string): ArmCall => {
  const request = toRequest(given);
  const { operation, existingCode = '' } = request;
  if (operation !== 'generate' && existingCode === '') {
    throw new UserError(
      'missing_required_field',
      `existing_code is required to ${operation} code; send the code with the request.`,
      {
        details: { field: 'existing_code', constraint: 'required', provided: null, request_type: operation },
      },
    );
  }
  return {
    arm: 'coder',
    holder,
    draft: directDraft({
      goal: (asksByRequestType(given) ? given.instruction : given.prompt) ?? '',
      constraints: [
        ...toConstraints(given.constraints),
        ...(typeof given.style_guide === 'string' ? [`Follow the style guide: ${given.style_guide}`] : []),
      ],
      context: toContext(given.context),
      budget: { maxTokens: TOKENS.base + existingCode.length * TOKENS.perCharacter },
    }),
    input: request,
    action: `Work on code: ${operation}`,
  };
};

const toRequest = (given: Given): CodeRequest => {
  const byType = asksByRequestType(given);
  const existingCode = [given.existing_code, given.code].find((code) => typeof code === 'string' && /\S/.test(code));
  return {
    operation: (byType ? given.request_type : given.operation) ?? 'generate',
    // Tests are the only proof, so that a dialect that has no word for them gets them.
    includeTests: given.include_tests ?? byType,
    includeDocstrings: given.include_docstrings ?? true,
    ...(typeof given.language === 'string' && { language: given.language }),
    ...(typeof existingCode === 'string' && { existingCode }),
  };
};

/** The answer in the words of all dialects at once. */
export const toCodeDto = (answer: ArmAnswer, operation: CodeRequest['operation']): Wire<CodeDto> => {
  const { success, code, explanation, language, tests, memoryHits, testRun, proof } = answer.output as CodeReply;
  return {
    success,
    code,
    explanation,
    language,
    ...(tests !== '' && { tests }),
    confidence: answer.confidence,
    warnings: answer.warnings,
    metadata: {
      ...toArmUsage(answer),
      memory_hits: memoryHits,
      episodic_memory_used: memoryHits > 0,
      request_type: operation,
      ...(testRun && { test_run: toTestRun(testRun) }),
      ...(proof && { proof: toWireProof(proof) }),
    },
  };
};

const toTestRun = ({ ran, passed, failed, failures, reason }: TestRun) => ({
  ran,
  passed,
  failed,
  failures,
  ...(reason !== undefined && { reason }),
});
