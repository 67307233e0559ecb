import { UserError } from '../../common/errors';
import type { ValidationLayer, ValidationRequest } from '../../contracts/direct';
import type { JsonObject } from '../../contracts/json';
import type { ArmCall } from '../../intake/intake.port';
import { directDraft } from '../http/direct-draft';
import { toContext } from '../http/steering';
import type { Wire } from '../http/types';
import type { ValidateRequestDto } from './validate-request.dto';

type Given = Wire<ValidateRequestDto>;

/** Which form of the issues a body asks for: with `validation_types` `typed`, else with `criteria` `texts`, else `graded`. */
export type IssueForm = 'typed' | 'texts' | 'graded';

export const issueFormOf = ({ validation_types: types, criteria }: Given): IssueForm => {
  if (Array.isArray(types)) return 'typed';
  return Array.isArray(criteria) ? 'texts' : 'graded';
};

/** Claims and criteria are given to a model together with the output. */
const MAX_TOKENS = 40_000;
/** Every pair of proposals is shown twice. */
const MAX_COMPARISON_TOKENS = 400_000;

/** The call a body asks for. Throws `missing_required_field` for a layer that lacks what it needs. */
export const toValidateCall = (given: Given): ArmCall => {
  const schema = given.expected_schema ?? given.expected_format;
  const criteria = given.acceptance_criteria ?? given.criteria;
  const context = toContext(given.context);
  const language = languageOf(given, context);
  const layers = layersOf(given, language !== undefined);
  if (layers.includes('schema') && !schema) throw lacking('schema', 'expected_schema');
  if (Array.isArray(given.validation_types) && layers.includes('criteria') && !criteria) {
    throw lacking('criteria', 'acceptance_criteria');
  }
  const request: ValidationRequest = {
    output: given.proposals ? null : given.output,
    ...(given.proposals && { proposals: given.proposals }),
    layers,
    trustedSources: given.trusted_sources ?? [],
    ...(schema && { expectedSchema: schema }),
    ...(language !== undefined && { language }),
  };
  return {
    arm: 'judge',
    draft: directDraft({
      goal: given.instruction ?? 'Judge the output by what is given',
      acceptanceCriteria: criteria ?? [],
      context,
      budget: { maxTokens: given.proposals ? MAX_COMPARISON_TOKENS : MAX_TOKENS },
    }),
    input: request,
    action: given.proposals ? 'Compare proposals' : `Judge an output: ${layers.join(', ')}`,
  };
};

const layersOf = (given: Given, isCode: boolean): ValidationLayer[] => {
  switch (issueFormOf(given)) {
    case 'typed':
      return [...new Set(given.validation_types)];
    case 'texts':
      return ['criteria', ...(given.expected_format || given.expected_schema ? (['schema'] as const) : [])];
    case 'graded':
      return ['criteria', 'quality', ...(isCode ? (['syntax'] as const) : [])];
  }
};

/** `python_code` names a language, `code` none, and `text` something else. */
const languageOf = ({ output_type: type }: Given, context: JsonObject): string | undefined => {
  const named = /^([\w+#.]+?)[_ -](?:code|source|program|script)$/i.exec(type ?? '')?.[1];
  if (named !== undefined && named !== 'source') return named;
  if (/^(?:python|py|javascript|js|typescript|ts|json|go|rust|java|sql|bash)$/i.test(type ?? ''))
    return type ?? undefined;
  return typeof context['language'] === 'string' ? context['language'] : undefined;
};

const lacking = (layer: ValidationLayer, field: string): UserError =>
  new UserError(
    'missing_required_field',
    `${field} is required where validation_types has ${layer}; give it or leave ${layer} out.`,
    {
      details: { field, constraint: 'required', provided: null, missing_field: field, validation_type: layer },
    },
  );
