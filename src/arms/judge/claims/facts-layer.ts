import type { Workbench } from '../../../dispatch/arm.port';
import type { LibraryPort } from '../../../memory/library.port';
import { type LayerResult, notChecked } from '../layer';
import { claimsIn, isCheckable } from './claims';
import { weighClaims } from './weigh-claims';

/** Passages looked up for one claim; more where only some sources count, since the others are then left out. */
const PASSAGES = { any: 3, fromSources: 25 } as const;
/** Claims looked up at all: each is a search. */
const MOST_LOOKUPS = 20;

const isAddress = (source: string): boolean => /^[a-z][a-z0-9+.-]*:\S+$/i.test(source.trim());

/**
 * Checks what a text states about names and figures against the sources the caller trusts, which are texts or addresses of
 * stored documents, or without any against all stored documents. Nothing is fetched.
 */
export const factsLayer = async (
  prose: string,
  trustedSources: readonly string[],
  library: LibraryPort,
  workbench: Pick<Workbench, 'model' | 'untrusted'>,
): Promise<LayerResult> => {
  const claims = claimsIn(prose).filter(isCheckable);
  if (claims.length === 0) return { name: 'facts', confidence: 1, issues: [] };
  const texts = trustedSources.filter((source) => !isAddress(source));
  const addresses = new Set(trustedSources.filter(isAddress).map((source) => source.trim()));
  const lookUp = addresses.size > 0 || trustedSources.length === 0;
  const stored = lookUp ? await passagesFor(claims.slice(0, MOST_LOOKUPS), addresses, library) : [];
  const evidence = [...texts, ...workbench.untrusted(stored)];
  if (evidence.length === 0) return nothingToCheckAgainst(addresses);
  return weighClaims(claims, evidence, WORDING, workbench);
};

const passagesFor = async (
  claims: readonly { text: string }[],
  addresses: ReadonlySet<string>,
  library: LibraryPort,
): Promise<string[]> => {
  const limit = addresses.size > 0 ? PASSAGES.fromSources : PASSAGES.any;
  const found = await Promise.all(claims.map(({ text }) => library.search(text, { limit })));
  const trusted = found.flat().filter(({ source }) => addresses.size === 0 || addresses.has(source));
  return [...new Set(trusted.map(({ content }) => content))];
};

const WORDING = {
  name: 'facts',
  type: 'unverified_fact',
  confirmation: 'verified_fact',
  message: (claim: string) => `No source confirms: ${claim}`,
  suggestion: 'Correct the statement, or give or store a source that confirms it.',
} as const;

const nothingToCheckAgainst = (addresses: ReadonlySet<string>): LayerResult =>
  notChecked(
    'facts',
    addresses.size > 0
      ? `The facts were not checked: of ${[...addresses].join(', ')} nothing is stored here, and nothing is fetched.`
      : 'The facts were not checked: no stored document bears on them.',
    'Store the documents at POST /api/v1/documents, under the source that trusted_sources names, or give their text there.',
  );
