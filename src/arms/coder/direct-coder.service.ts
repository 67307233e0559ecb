import { Injectable } from '@nestjs/common';
import { OctoError } from '../../common/errors';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { CodeReply, CodeRequest } from '../../contracts/direct';
import type { CodeArtifact } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import { artifactOf, lacking } from './artifact-of';
import { codeRequestOf, languageOf, wantsTests } from './code-request';
import { DEMONSTRATION, beyondDemonstration, demonstrationCan } from './demonstration';
import { directMessages } from './direct-prompts';
import { Drafting, type Failed, MOST_ROUNDS, type Order } from './drafting.service';
import { OPERATIONS } from './operations';
import { PROSE_CONFIDENCE, confidenceIn, isProven, proofOf, warningsOf } from './proof';
import { canRunTests } from './prompt-parts';
import { codeReply } from './prompts';
import { NOTHING_RECALLED, type Recalled, SolvedProblems } from './solved-problems.service';
import { givenTestsOf } from './given-tests';
import { styleRulesIn } from './style/style-rules';
import { testRunOf } from './trial';
import { withinBudget } from './within-budget';

/** Completion tokens: room for an answer, and for the code given once more. */
const MIN_TOKENS = 1_500;
const MAX_TOKENS = 8_000;
const CHARACTERS_PER_TOKEN = 3;

/** So much of the code that is worked on tells what problem it is, characters. */
const PROBLEM_CODE = 2_000;

interface Call {
  assignment: Assignment;
  request: CodeRequest;
  language: string;
  workbench: Workbench;
}

type Informed = Call & { recalled: Recalled };

/** Answers the coder's direct calls: seven operations on code. */
@Injectable()
export class DirectCoder {
  constructor(
    private readonly drafting: Drafting,
    private readonly memory: SolvedProblems,
  ) {}

  async answer(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const request = codeRequestOf(assignment);
    const language = languageOf(request, assignment.task.goal);
    const { isDemonstration } = workbench.model;
    if (isDemonstration && !demonstrationCan(request)) return unable(request, language);
    workbench.report(`Working on ${language} code: ${request.operation}`);
    try {
      const call = { assignment, request, language, workbench };
      const isProse = OPERATIONS[request.operation].yields === 'prose';
      const result = await (isProse ? this.tell(call) : this.make(call));
      return isDemonstration ? withNotice(result, assignment) : result;
    } catch (error) {
      if (error instanceof OctoError && error.code === 'demonstration_limit') return unable(request, language);
      throw error;
    }
  }

  private async tell(call: Call): Promise<ArmResult> {
    const reply: CodeReply = { success: true, ...(await ask({ ...call, recalled: NOTHING_RECALLED })), memoryHits: 0 };
    return { output: reply, confidence: PROSE_CONFIDENCE, warnings: [] };
  }

  private async make(given: Call): Promise<ArmResult> {
    const { assignment, request, language, workbench } = given;
    const problem = problemOf(assignment, request);
    const isTests = OPERATIONS[request.operation].yields === 'tests';
    // What tests for other code look like says nothing of what this code has to do.
    const recalled = isTests ? NOTHING_RECALLED : await this.memory.recall(assignment, language, problem, workbench);
    const call = { ...given, recalled };
    const order: Order = { ...aimOf(call), rounds: MOST_ROUNDS, ask: (failed) => ask(call, failed) };
    const made = await this.drafting.make(order, workbench);
    const { draft } = made.trial;
    const proof = proofOf(made);
    const confidence = confidenceIn(made, order);
    if (isProven(made, order) && !isTests) {
      const { operation } = request;
      const lesson = { problem, artifact: draft, complexity: 'simple', tags: [operation], confidence };
      const learned = { ...lesson, language: draft.language, testsPassed: proof.testsPassed };
      await this.memory.learn(assignment, learned, call.recalled, workbench);
    }
    const testRun = testRunOf(made.trial);
    const reply: CodeReply = {
      success: true,
      ...draft,
      // Tests that nobody wants to have prove something all the same.
      tests: wantsTests(request) ? draft.tests : '',
      memoryHits: call.recalled.ids.length,
      ...(testRun && { testRun }),
      proof,
    };
    return { output: reply, confidence, warnings: warningsOf(made, order) };
  }
}

const aimOf = ({ assignment: { task }, request, language }: Call) => {
  const { operation, existingCode } = request;
  const givenTests = givenTestsOf(task);
  return {
    operation,
    style: styleRulesIn(task.constraints, language),
    ...(existingCode !== undefined && { existingCode }),
    ...(givenTests !== undefined && { givenTests }),
  };
};

/** What the problem is, for finding it again: an instruction says little without the code that it is about. */
const problemOf = ({ task }: Assignment, { operation, existingCode }: CodeRequest): string =>
  existingCode === undefined ? task.goal : `${operation}: ${task.goal}\n${existingCode.slice(0, PROBLEM_CODE)}`;

const ask = async (call: Informed, failed?: Failed): Promise<CodeArtifact> => {
  const { assignment, request, language, workbench } = call;
  const { temperature, yields } = OPERATIONS[request.operation];
  const given = (request.existingCode ?? '').length / CHARACTERS_PER_TOKEN;
  const withTests = wantsTests(request) || canRunTests(language);
  const hasGivenTests = givenTestsOf(assignment.task) !== undefined;
  return withinBudget(call, async (solved) => {
    const { value } = await workbench.model.json({
      tier: 'balanced',
      purpose: 'code',
      messages: directMessages(assignment, { request, language, withTests, hasGivenTests, solved, failed }),
      maxTokens: Math.round(Math.min(MAX_TOKENS, MIN_TOKENS + (yields === 'prose' ? 0 : given))),
      temperature,
      schema: codeReply,
      check: (reply) => lacking(artifactOf(reply, request, language, failed?.draft), request),
    });
    return artifactOf(value, request, language, failed?.draft);
  });
};

/** Without a real model most of this cannot be done, which is an answer and no fault. */
const unable = (request: CodeRequest, language: string): ArmResult => {
  const reply: CodeReply = {
    success: false,
    code: request.existingCode ?? '',
    tests: '',
    explanation: beyondDemonstration(request),
    language,
    memoryHits: 0,
  };
  return {
    output: reply,
    confidence: 0,
    warnings: ['No real model is set, so nothing was done.'],
  };
};

const withNotice = (result: ArmResult, { task }: Assignment): ArmResult => {
  const ignored = task.constraints.length > 0 || Object.keys(task.context).length > 0;
  const notices = [DEMONSTRATION, ...(ignored ? ['It took no notice of the constraints and the context.'] : [])];
  return { ...result, warnings: [...notices, ...(result.warnings ?? [])] };
};
