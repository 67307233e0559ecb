import { z } from 'zod';
import { UserError } from '../../common/errors';
import { canonicalLanguage, languageOfSource } from '../../common/languages';
import type { Assignment } from '../../contracts/arm';
import { CODE_OPERATIONS, type CodeRequest } from '../../contracts/direct';
import { detectLanguage } from './detect-language';
import { OPERATIONS } from './operations';

/** What is left out is what a caller who only has a goal would want. */
const shape: z.ZodType<CodeRequest> = z.object({
  operation: z.enum(CODE_OPERATIONS).default('generate'),
  language: z.string().min(1).exactOptional(),
  existingCode: z.string().exactOptional(),
  includeTests: z.boolean().default(true),
  includeDocstrings: z.boolean().default(true),
});

/** The request of a direct call. Throws `UserError` `validation_error`, and `missing_required_field` for code that is not there. */
export const codeRequestOf = ({ input }: Pick<Assignment, 'input'>): CodeRequest => {
  const { data: request, error } = shape.safeParse(input);
  if (request === undefined)
    throw new UserError('validation_error', `The coder cannot use this: ${z.prettifyError(error)}`);
  const { operation, existingCode = '' } = request;
  if (operation !== 'generate' && existingCode.trim() === '') {
    throw new UserError('missing_required_field', `existing_code is required to ${operation} code.`, {
      details: { field: 'existing_code', request_type: operation },
    });
  }
  return request;
};

/** As given, else by the code's own marks, else as the instruction names it. */
export const languageOf = ({ language, existingCode }: CodeRequest, instruction: string): string =>
  canonicalLanguage(language ?? languageOfSource(existingCode ?? '') ?? detectLanguage(instruction) ?? 'python');

/** Whether tests are part of what is handed back. */
export const wantsTests = ({ operation, includeTests }: CodeRequest): boolean =>
  OPERATIONS[operation].yields === 'tests' || (OPERATIONS[operation].yields === 'program' && includeTests);
