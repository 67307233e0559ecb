import { z } from 'zod';
import { UserError } from '../../common/errors';
import type { ArmResult, Assignment } from '../../contracts/arm';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { LibraryPort, type Passage } from '../../memory/library.port';
import { citedNumbers, dropFalseCitations } from './citations';
import { DirectSearch } from './direct-search.service';
import { extract } from './extract';
import { answerMessages } from './prompts';
import { safe } from './safe';

const PASSAGES = 5;

/** An answer is as good as what it stands on; none of it is proven. */
const CONFIDENCE = { cited: 0.7, extract: 0.6, uncited: 0.5, knowledge: 0.4, nothing: 0.2 } as const;

interface Answer {
  answer?: string;
  confidence: number;
  warnings: string[];
}

/** Searches the stored documents; where the goal wants prose, answers it from what was found. Answers direct calls. */
@Arm({
  id: 'retriever',
  name: 'Retriever',
  description: 'Searches the stored documents and answers questions from them, with citations.',
  capabilities: [
    'vector_search',
    'keyword_search',
    'hybrid_search',
    'result_synthesis',
    'web_search',
    'data_analysis',
    'documentation_search',
  ],
  costTier: 1,
  concurrency: 25,
})
export class RetrieverArm extends ArmPort {
  constructor(
    private readonly library: LibraryPort,
    private readonly direct: DirectSearch,
  ) {
    super();
  }

  run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    return assignment.kind === 'direct' ? this.direct.answer(assignment, workbench) : this.work(assignment, workbench);
  }

  private async work(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    workbench.report('Searching the stored documents');
    const passages = safe(await this.search(assignment), workbench);
    const { answer, confidence, warnings } = wantsProse(assignment)
      ? await this.answer(assignment, passages, workbench)
      : found(passages);
    return {
      output: {
        passages: passages.map(({ documentId, source, content, score }) => ({ documentId, source, content, score })),
        ...(answer === undefined ? {} : { answer }),
      },
      confidence,
      warnings,
    };
  }

  /** By the goal first; the step's own words fill up what is left. */
  private async search({ task, action }: Assignment): Promise<Passage[]> {
    const collection = task.context['collection'];
    const options = { limit: PASSAGES, ...(typeof collection === 'string' && { collection }) };
    const passages = await this.library.search(task.goal, options);
    const more = passages.length < PASSAGES ? await this.library.search(action, options) : [];
    const distinct = new Map([...passages, ...more].map((one) => [`${one.documentId}\n${one.content}`, one]));
    return [...distinct.values()].slice(0, PASSAGES);
  }

  private async answer(assignment: Assignment, passages: Passage[], workbench: Workbench): Promise<Answer> {
    const { model } = workbench;
    if (model.isDemonstration) return quoted(assignment.task.goal, passages);
    workbench.report(passages.length > 0 ? 'Answering from the passages found' : 'Answering without documents');
    const { text } = await model.text({
      tier: 'balanced',
      purpose: 'answer',
      messages: answerMessages(assignment, passages),
      maxTokens: 800,
      temperature: 0.1,
    });
    return passages.length > 0 ? checked(text, passages) : known(text);
  }
}

const bestScore = (passages: readonly Passage[]): number => Math.max(0, ...passages.map(({ score }) => score));

/** A search that nobody asked an answer of. Having found nothing is a fact worth saying, not a fault. */
const found = (passages: readonly Passage[]): Answer =>
  passages.length > 0
    ? { confidence: Math.min(CONFIDENCE.cited, bestScore(passages)), warnings: [] }
    : { confidence: CONFIDENCE.nothing, warnings: ['No stored document matches this goal.'] };

/** Without a real model: quotes, or the plain statement that one is needed. */
const quoted = (query: string, passages: readonly Passage[]): Answer => {
  if (passages.length === 0) {
    throw new UserError(
      'demonstration_limit',
      'No stored document matches this goal, and the built-in demonstration model knows nothing of its own. Add documents at ' +
        'POST /api/v1/documents, or set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama, to use a real model.',
    );
  }
  return {
    answer: extract(query, passages),
    confidence: standingOn(passages, CONFIDENCE.extract),
    warnings: [
      'Made with the built-in demonstration model: the answer only quotes the stored documents. ' +
        'Set OPENAI_API_KEY, OPENAI_BASE_URL or ANTHROPIC_API_KEY, or run Ollama, for a written answer.',
    ],
  };
};

/** A passage that hardly fits is no better ground than what the model knows by itself. */
const standingOn = (passages: readonly Passage[], most: number): number =>
  Math.min(most, Math.max(CONFIDENCE.knowledge, bestScore(passages)));

const checked = (reply: string, passages: readonly Passage[]): Answer => {
  const { text, dropped } = dropFalseCitations(reply.trim(), passages.length);
  const cites = citedNumbers(text).length > 0;
  return {
    answer: text,
    confidence: standingOn(passages, cites ? CONFIDENCE.cited : CONFIDENCE.uncited),
    warnings: [
      ...(cites ? [] : ['The answer cites none of the passages that were found.']),
      ...(dropped.length > 0 ? ['The model cited passages that do not exist; these citations were removed.'] : []),
    ],
  };
};

const known = (reply: string): Answer => ({
  answer: dropFalseCitations(reply.trim(), 0).text,
  confidence: CONFIDENCE.knowledge,
  warnings: ["No stored document matches this goal: the answer is the model's own knowledge and was not checked."],
});

const intentShape = z.object({ requiredCapabilities: z.array(z.string()) });
const CODE_CAPABILITY = /^(?:code_|debugging|refactoring|test_generation|python_execution)/;
const CODE_WORDS = /\b(?:functions?|class(?:es)?|scripts?|programs?|code|implement\w*|algorithms?|unit tests?)\b/i;

/** A goal that ends in code needs material from here, not an answer. Without an intent the goal's words decide. */
const wantsProse = ({ task, input, earlier }: Assignment): boolean => {
  const intent = intentShape.safeParse(input['intent'] ?? earlier.find(({ kind }) => kind === 'intent')?.output);
  if (intent.success) return !intent.data.requiredCapabilities.some((name) => CODE_CAPABILITY.test(name));
  return !CODE_WORDS.test(task.goal);
};
