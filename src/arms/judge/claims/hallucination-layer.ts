import type { JsonObject } from '../../../contracts/json';
import type { Workbench } from '../../../dispatch/arm.port';
import { proseOf } from '../given-output';
import { type LayerResult, notChecked } from '../layer';
import { claimsIn } from './claims';
import { weighClaims } from './weigh-claims';

/** Checks whether a text says more than the context it was made from. */
export const hallucinationLayer = async (
  prose: string,
  context: JsonObject,
  workbench: Pick<Workbench, 'model'>,
): Promise<LayerResult> => {
  const evidence = proseOf(context);
  if (evidence.trim() === '') {
    return notChecked(
      'hallucination',
      'The output was not checked for hallucinations: there is no context to hold it against.',
      'Give what the output was made from as context.',
    );
  }
  return weighClaims(claimsIn(prose), [evidence], WORDING, workbench);
};

const WORDING = {
  name: 'hallucination',
  type: 'unsupported_claim',
  message: (claim: string) => `The context does not say: ${claim}`,
  suggestion: 'Leave it out, or give the context it rests on.',
} as const;
