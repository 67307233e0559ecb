import { Injectable } from '@nestjs/common';
import { OctoError } from '../../common/errors';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { CodeReply, CodeRequest } from '../../contracts/direct';
import type { CodeArtifact, TestRun } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import { TestRunner } from '../../workshop/test-runner.service';
import { codeRequestOf, languageOf, wantsTests } from './code-request';
import { DEMONSTRATION, beyondDemonstration, demonstrationCan } from './demonstration';
import { type Failed, directMessages } from './direct-prompts';
import { OPERATIONS } from './operations';
import { codeReply } from './prompts';
import { tidyArtifact } from './tidy-artifact';

/** Longest run of the tests, in milliseconds; the step's deadline may be nearer. */
const TESTS_WALL_MS = 20_000;
/** Failures shown to the model; each costs tokens. */
const MOST_FAILURES = 10;

/** Completion tokens: room for an answer, and for the code given once more. */
const MIN_TOKENS = 1_500;
const MAX_TOKENS = 8_000;
const CHARACTERS_PER_TOKEN = 3;

/** What tests proved counts; what nobody proved is at best probable. */
const CONFIDENCE = { proven: 0.9, prose: 0.6, unproven: 0.6, untested: 0.4, disproved: 0.3 } as const;

/** Answers the coder's direct calls: seven operations on code. */
@Injectable()
export class DirectCoder {
  constructor(private readonly tests: TestRunner) {}

  async answer(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const request = codeRequestOf(assignment);
    const language = languageOf(request, assignment.task.goal);
    const { isDemonstration } = workbench.model;
    if (isDemonstration && !demonstrationCan(request)) return unable(request, language);
    try {
      const result = await this.work(assignment, request, language, workbench);
      return isDemonstration ? withNotice(result, assignment) : result;
    } catch (error) {
      if (error instanceof OctoError && error.code === 'demonstration_limit') return unable(request, language);
      throw error;
    }
  }

  private async work(
    assignment: Assignment,
    request: CodeRequest,
    language: string,
    workbench: Workbench,
  ): Promise<ArmResult> {
    workbench.report(`Working on ${language} code: ${request.operation}`);
    const draft = await this.ask(assignment, request, language, workbench);
    if (OPERATIONS[request.operation].yields === 'prose') return toResult(request, draft, undefined);
    const run = await this.prove(draft, workbench);
    // The demonstration model would only say the same again.
    if (!hasFailed(run) || workbench.model.isDemonstration) return toResult(request, draft, run);

    workbench.report('Mending what the tests found');
    const failures = run.failures.slice(0, MOST_FAILURES);
    const failed = { draft: { code: draft.code, tests: draft.tests }, failures };
    const mended = await this.ask(assignment, request, language, workbench, failed);
    return toResult(request, mended, await this.prove(mended, workbench));
  }

  private async ask(
    assignment: Assignment,
    request: CodeRequest,
    language: string,
    { model }: Workbench,
    failed?: Failed,
  ): Promise<CodeArtifact> {
    const { temperature, yields } = OPERATIONS[request.operation];
    const given = (request.existingCode ?? '').length / CHARACTERS_PER_TOKEN;
    const { value } = await model.json({
      tier: 'balanced',
      purpose: 'code',
      messages: directMessages(assignment, request, language, failed),
      maxTokens: Math.round(Math.min(MAX_TOKENS, MIN_TOKENS + (yields === 'prose' ? 0 : given))),
      temperature,
      schema: codeReply,
      check: (reply) => lacking(tidyArtifact(reply, language), request),
    });
    const artifact = tidyArtifact(value, language);
    // What was only looked at is handed back as it was given.
    if (yields === 'prose') return { ...artifact, code: request.existingCode ?? '', tests: '', language };
    return yields === 'tests' ? { ...artifact, code: request.existingCode ?? '', language } : artifact;
  }

  private async prove(artifact: CodeArtifact, workbench: Workbench): Promise<TestRun | undefined> {
    if (artifact.tests === '') return undefined;
    workbench.report('Running the tests');
    const { signal, deadline } = workbench;
    const wallMs = Math.max(1, Math.min(TESTS_WALL_MS, deadline.getTime() - Date.now()));
    return (await this.tests.run(artifact, { signal, wallMs })).testRun;
  }
}

/** What a reply lacks of what was asked for, said to the model. */
const lacking = ({ code, tests, explanation }: CodeArtifact, { operation }: CodeRequest): string[] => {
  const { yields } = OPERATIONS[operation];
  if (yields === 'prose') return explanation === '' ? ['explanation is empty; write it'] : [];
  if (yields === 'tests') return tests === '' ? ['tests is empty; write the tests'] : [];
  return code === '' ? ['code is empty; write the program'] : [];
};

const hasFailed = (run: TestRun | undefined): run is TestRun => run?.ran === true && run.failed > 0;

const toResult = (request: CodeRequest, artifact: CodeArtifact, testRun: TestRun | undefined): ArmResult => {
  const reply: CodeReply = {
    success: true,
    ...artifact,
    // Tests that came unasked have proven something all the same.
    tests: wantsTests(request) ? artifact.tests : '',
    memoryHits: 0,
    ...(testRun && { testRun }),
  };
  return {
    output: reply,
    confidence: confidenceIn(request, testRun),
    warnings: warningsOf(request, artifact, testRun),
  };
};

const confidenceIn = (request: CodeRequest, run: TestRun | undefined): number => {
  if (OPERATIONS[request.operation].yields === 'prose') return CONFIDENCE.prose;
  if (run === undefined) return CONFIDENCE.untested;
  if (!run.ran) return CONFIDENCE.unproven;
  const share = run.passed / (run.passed + run.failed);
  return run.failed === 0 ? CONFIDENCE.proven : Math.round(CONFIDENCE.disproved * share * 100) / 100;
};

const warningsOf = (request: CodeRequest, { tests }: CodeArtifact, run: TestRun | undefined): string[] => {
  if (wantsTests(request) && tests === '') return ['The model wrote no tests, so nothing proves this code.'];
  if (run?.ran === false) return [`The tests were not run: ${run.reason ?? 'no reason was given'}.`];
  if (!hasFailed(run)) return [];
  const count = `${run.failed} of ${run.passed + run.failed} tests still fail after one round of mending`;
  return [`${count}: ${run.failures.slice(0, MOST_FAILURES).join('; ')}`];
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
