import { TransientError } from '../../../common/errors';
import type { Issue } from '../../../contracts/outcome';
import type { Workbench } from '../../../dispatch/arm.port';
import type { LayerResult } from '../layer';
import { MOST_CLAIMS } from './claims';
import { isBorneOut, readEvidence } from './lexical-support';
import { readSupport, supportMessages, supportReply } from './model-support';
import type { Statement } from './statement';

/** How one layer speaks of a claim that nothing supports. */
interface Wording {
  name: 'facts' | 'hallucination';
  type: 'unverified_fact' | 'unsupported_claim';
  message: (claim: string) => string;
  suggestion: string;
}

/** Weighs claims against evidence; confidence is the share that is supported. Without claims there is nothing to doubt. */
export const weighClaims = async (
  all: readonly Statement[],
  evidence: readonly string[],
  { name, type, message, suggestion }: Wording,
  { model }: Pick<Workbench, 'model'>,
): Promise<LayerResult> => {
  const claims = all.slice(0, MOST_CLAIMS);
  const { supported, notice } = await supportOf(claims, evidence, model);
  const unsupported = claims.filter((_, index) => supported[index] !== true);
  const issues: Issue[] = unsupported.map(({ text }) => ({
    severity: 'warning',
    type,
    message: message(text),
    suggestion,
  }));
  const beyond = all.length - claims.length;
  const more = beyond === 0 ? [] : [`${beyond} more claims were not looked at.`];
  return {
    name,
    confidence: claims.length === 0 ? 1 : 1 - unsupported.length / claims.length,
    issues: [
      ...issues,
      ...[...notice, ...more].map((text): Issue => ({ severity: 'info', type: `${name}_note`, message: text })),
    ],
  };
};

const BY_WORDS = 'Claims were compared with the evidence by their words alone';

/** By the model where there is one; by their words where there is none, where it is away, and where it proves nothing. */
const supportOf = async (
  claims: readonly Statement[],
  evidence: readonly string[],
  model: Workbench['model'],
): Promise<{ supported: boolean[]; notice: string[] }> => {
  const pieces = readEvidence(evidence);
  const byWords = (claim: Statement): boolean => isBorneOut(claim, pieces);
  if (claims.length === 0) return { supported: [], notice: [] };
  if (model.isDemonstration) {
    const notice = `${BY_WORDS}: no real model is set. Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama.`;
    return { supported: claims.map(byWords), notice: [notice] };
  }
  try {
    const { value } = await model.json({
      tier: 'fast',
      purpose: 'claims',
      messages: supportMessages(claims, evidence),
      maxTokens: 1_500,
      temperature: 0.1,
      schema: supportReply,
    });
    const opinions = readSupport(claims, value, evidence);
    return { supported: claims.map((claim, index) => opinions[index] ?? byWords(claim)), notice: [] };
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    return { supported: claims.map(byWords), notice: [`${BY_WORDS}, because the model did not answer.`] };
  }
};
