import { TransientError } from '../../../common/errors';
import type { Issue } from '../../../contracts/outcome';
import type { Workbench } from '../../../dispatch/arm.port';
import type { LayerResult } from '../layer';
import { MOST_CLAIMS } from './claims';
import { contradictionOf, readEvidence, supportFor } from './lexical-support';
import { type Support, readSupport, supportMessages, supportReply } from './model-support';
import type { Statement } from './statement';

/** How one layer speaks of a claim that nothing supports. */
interface Wording {
  name: 'facts' | 'hallucination';
  type: 'unverified_fact' | 'unsupported_claim';
  message: (claim: string) => string;
  suggestion: string;
  /** Type of the remark on a claim that is supported; none is made where absent. */
  confirmation?: string;
}

/** Weighs claims against evidence; confidence is the share that is supported. Without claims there is nothing to doubt. */
export const weighClaims = async (
  all: readonly Statement[],
  evidence: readonly string[],
  { name, type, message, suggestion, confirmation }: Wording,
  { model }: Pick<Workbench, 'model'>,
): Promise<LayerResult> => {
  const claims = all.slice(0, MOST_CLAIMS);
  const { supports, notice } = await supportOf(claims, evidence, model);
  const issues = claims.flatMap(({ text }, index): Issue[] => {
    const support = supports[index] ?? { state: 'unsupported' };
    if (support.state === 'supported') return [];
    const because = support.state === 'contradicted' ? ` It says: "${shown(support.passage)}"` : '';
    return [{ severity: 'warning', type, message: `${message(text)}${because}`, suggestion }];
  });
  const confirmed = claims.flatMap(({ text }, index): Issue[] => {
    const support = supports[index];
    if (confirmation === undefined || support?.state !== 'supported') return [];
    return [
      {
        severity: 'info',
        type: confirmation,
        message: `Confirmed: ${text} The source says: "${shown(support.passage)}"`,
      },
    ];
  });
  const beyond = all.length - claims.length;
  const more = beyond === 0 ? [] : [`${beyond} more claims were not looked at.`];
  return {
    name,
    confidence: claims.length === 0 ? 1 : 1 - issues.length / claims.length,
    issues: [
      ...issues,
      ...confirmed,
      ...[...notice, ...more].map((text): Issue => ({ severity: 'info', type: `${name}_note`, message: text })),
    ],
  };
};

const BY_WORDS = 'Claims were compared with the evidence by their words alone';

/** Characters of a passage in a message. */
const MOST_PASSAGE = 300;
const shown = (passage: string): string =>
  passage.length > MOST_PASSAGE ? `${passage.slice(0, MOST_PASSAGE)}…` : passage;

/** As far as words can tell; nothing where they tell neither way. */
const byWords = (claim: Statement, pieces: readonly Statement[]): Support | undefined => {
  const support = supportFor(claim, pieces);
  if (support) return { state: 'supported', passage: support.text };
  const contradiction = contradictionOf(claim, pieces);
  return contradiction && { state: 'contradicted', passage: contradiction.text };
};

/** By the model where there is one; by their words where there is none, where it is away, and where it proves nothing. */
const supportOf = async (
  claims: readonly Statement[],
  evidence: readonly string[],
  model: Workbench['model'],
): Promise<{ supports: (Support | undefined)[]; notice: string[] }> => {
  const pieces = readEvidence(evidence);
  const told = claims.map((claim) => byWords(claim, pieces));
  if (claims.length === 0) return { supports: [], notice: [] };
  if (model.isDemonstration) {
    const notice = `${BY_WORDS}: no real model is set. Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama.`;
    return { supports: told, notice: [notice] };
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
    return { supports: told.map((word, index) => preferred(word, opinions[index])), notice: [] };
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    return { supports: told, notice: [`${BY_WORDS}, because the model did not answer.`] };
  }
};

/** A figure, a name or a denial that stands there otherwise is not to be argued away. */
const preferred = (word: Support | undefined, opinion: Support | undefined): Support | undefined =>
  word?.state === 'contradicted' ? word : (opinion ?? word);
