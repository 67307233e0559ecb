import { Injectable } from '@nestjs/common';
import { BugError, OctoError } from '../../common/errors';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { SearchReply, SearchRequest } from '../../contracts/direct';
import type { Workbench } from '../../dispatch/arm.port';
import { type Found, LibraryPort, type Passage } from '../../memory/library.port';
import { citedNumbers, dropFalseCitations } from './citations';
import { answerMessages } from './prompts';
import { safe } from './safe';
import { countSearch } from './search-metrics';

/** Best hits that a synthesis is written from. */
const SYNTHESISED = 5;
/** Characters handed back of one document: a hundred of the longest would be 20 MB. */
const MOST_CONTENT = 20_000;
/** A search is as good as its best hit, and never proven. */
const CONFIDENCE = { most: 0.7, nothing: 0.2 } as const;

const DEMONSTRATION =
  'The built-in demonstration model writes no synthesis. Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama.';

interface Synthesis {
  text?: string;
  citations: string[];
  warnings: string[];
}

/** Answers the retriever's direct calls: a search, and a few sentences written from its best hits. */
@Injectable()
export class DirectSearch {
  constructor(private readonly library: LibraryPort) {}

  async answer(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const request = assignment.input as SearchRequest;
    workbench.report('Searching the stored documents');
    const { value: hits, ms: searchMs } = await timed(() => this.library.find(request.query, request));
    const found = { ...hits, passages: safe(hits.passages.map(shortened), workbench) };
    const best = found.passages.slice(0, SYNTHESISED);
    const { value: synthesis, ms: synthesisMs } = await timed(() =>
      request.synthesise ? synthesise(assignment, best, workbench) : Promise.resolve({ citations: [], warnings: [] }),
    );
    const reply = toReply(found, synthesis, { searchMs, synthesisMs });
    countSearch(reply);
    return {
      output: reply,
      confidence: confidenceIn(found),
      warnings: [...fallback(request, found), ...synthesis.warnings],
    };
  }
}

const confidenceIn = ({ passages }: Found): number =>
  passages.length === 0
    ? CONFIDENCE.nothing
    : Math.min(CONFIDENCE.most, Math.max(...passages.map(({ score }) => score)));

/** Never fails for want of a model: the hits are what was asked for. */
const synthesise = async (
  assignment: Assignment,
  passages: readonly Passage[],
  workbench: Workbench,
): Promise<Synthesis> => {
  const { model } = workbench;
  const citations = sourcesOf(passages);
  if (passages.length === 0) return { citations, warnings: [] };
  if (model.isDemonstration) return { citations, warnings: [DEMONSTRATION] };
  workbench.report('Writing a synthesis of the best hits');
  try {
    const { text: reply } = await model.text({
      tier: 'balanced',
      purpose: 'answer',
      messages: answerMessages(assignment, passages),
      maxTokens: 800,
      temperature: 0.1,
    });
    const { text } = dropFalseCitations(reply.trim(), passages.length);
    if (text === '') return { citations, warnings: ['The model wrote no synthesis.'] };
    const cited = sourcesOf(citedNumbers(text).flatMap((number) => passages[number - 1] ?? []));
    return { text, citations: cited.length > 0 ? cited : citations, warnings: [] };
  } catch (error) {
    if (workbench.signal.aborted || !(error instanceof OctoError) || error instanceof BugError) throw error;
    return { citations, warnings: [`There is no synthesis: ${error.message}`] };
  }
};

const toReply = (
  { passages, total, method, database, vectorModel }: Found,
  { text, citations }: Synthesis,
  times: Pick<SearchReply, 'searchMs' | 'synthesisMs'>,
): SearchReply => ({
  hits: passages,
  methodUsed: method,
  totalMatches: total,
  ...times,
  ...(text !== undefined && { synthesis: text }),
  citations,
  database,
  ...(vectorModel !== undefined && { vectorModel }),
});

const shortened = ({ content, ...passage }: Passage): Passage => ({
  ...passage,
  content: content.length > MOST_CONTENT ? `${content.slice(0, MOST_CONTENT).toWellFormed()} …` : content,
});

const fallback = ({ method }: SearchRequest, { method: used }: Found): string[] =>
  method === used ? [] : [`Vectors cannot be compared right now: searched by ${used} instead of ${method}.`];

const sourcesOf = (passages: readonly Passage[]): string[] => [...new Set(passages.map(({ source }) => source))];

const timed = async <T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> => {
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
};
