import { z } from 'zod';
import { UserError } from '../../common/errors';
import type { Assignment } from '../../contracts/arm';
import { proposalList } from './compare/comparison.service';
import { VALIDATION_LAYERS, type ValidationRequest } from '../../contracts/direct';

/** Where no layers are named, those that need nothing but the output and the criteria. */
const shape: z.ZodType<ValidationRequest> = z.object({
  output: z.json(),
  proposals: proposalList.exactOptional(),
  layers: z.array(z.enum(VALIDATION_LAYERS)).default(['criteria', 'quality']),
  expectedSchema: z.json().exactOptional(),
  trustedSources: z.array(z.string()).default([]),
  language: z.string().min(1).exactOptional(),
});

/** The request of a direct call. Throws `UserError` `validation_error`. */
export const validationRequestOf = ({ input }: Pick<Assignment, 'input'>): ValidationRequest => {
  const { data: request, error } = shape.safeParse(input);
  if (request !== undefined) return request;
  throw new UserError('validation_error', `The judge cannot use this: ${z.prettifyError(error)}`, {
    details: { field: 'output', constraint: 'a request for a judgement' },
  });
};
