import { z } from 'zod';
import { firstArtifact } from '../../common/code-artifact';
import { canonicalLanguage } from '../../common/languages';
import type { ArmResult, Assignment } from '../../contracts/arm';
import type { CodeOperation } from '../../contracts/direct';
import type { Intent } from '../../contracts/intent';
import type { JsonValue } from '../../contracts/json';
import type { CodeArtifact } from '../../contracts/outcome';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { codeRequestOf } from './code-request';
import { countAnswer, countTokens } from './coder-metrics';
import { DEMONSTRATION } from './demonstration';
import { detectLanguage } from './detect-language';
import { DirectCoder } from './direct-coder.service';
import { codeMessages, codeReply } from './prompts';
import { tidyArtifact } from './tidy-artifact';

/** Completion tokens. A simple task as a whole has to stay below 5,000. */
const MAX_TOKENS: Readonly<Record<Intent['complexity'], number>> = { simple: 1400, medium: 2000, complex: 3500 };

/** Nothing has been run yet, so the code is at best probable; without tests nobody can prove it either. */
const CONFIDENCE = { withTests: 0.6, withoutTests: 0.4 } as const;

/** Writes code together with its tests (`work`), mends it by the judge's findings (`repair`), answers direct calls. */
@Arm({
  id: 'coder',
  name: 'Coder',
  description: 'Writes, extends and repairs code, always together with tests that can prove it.',
  capabilities: [
    'code_generation',
    'debugging',
    'refactoring',
    'code_analysis',
    'test_generation',
    'code_debug',
    'code_refactor',
  ],
  costTier: 4,
  concurrency: 20,
})
export class CoderArm extends ArmPort {
  constructor(private readonly direct: DirectCoder) {
    super();
  }

  async run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    try {
      const result = await (assignment.kind === 'direct'
        ? this.direct.answer(assignment, workbench)
        : this.write(assignment, workbench));
      countAnswer(operationOf(assignment), result);
      return result;
    } finally {
      countTokens(workbench.model.tokensUsed);
    }
  }

  private async write(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const { complexity, language: intended } = intentOf(assignment);
    const previous = previousArtifact(assignment);
    const language = languageOf(assignment, intended, previous);
    const findings = findingsOf(assignment);
    const { model } = workbench;
    workbench.report(
      findings === undefined ? `Writing ${language} code and tests` : 'Repairing the code by the findings',
    );

    const { value } = await model.json({
      tier: complexity === 'complex' ? 'strong' : 'balanced',
      purpose: 'code',
      messages: codeMessages({
        assignment,
        language,
        ...(previous && { previous }),
        ...(findings !== undefined && { findings }),
      }),
      maxTokens: MAX_TOKENS[complexity],
      temperature: 0.2,
      schema: codeReply,
      check: (reply) =>
        tidyArtifact(reply, language, previous).code === '' ? ['code is empty; write the program'] : [],
    });
    const artifact = tidyArtifact(value, language, previous);
    const untested = artifact.tests === '';
    return {
      output: artifact,
      confidence: untested ? CONFIDENCE.withoutTests : CONFIDENCE.withTests,
      warnings: [
        ...(model.isDemonstration ? [DEMONSTRATION] : []),
        ...(untested ? ['The model wrote no tests, so nothing can prove this code.'] : []),
      ],
    };
  }
}

const operationOf = (assignment: Assignment): CodeOperation => {
  if (assignment.kind === 'direct') return codeRequestOf(assignment).operation;
  return assignment.kind === 'repair' ? 'debug' : 'generate';
};

const intentShape = z.object({
  complexity: z.enum(['simple', 'medium', 'complex']).catch('simple'),
  language: z.string().optional().catch(undefined),
});

const intentOf = ({ input, earlier }: Assignment): z.output<typeof intentShape> =>
  intentShape.parse(input['intent'] ?? earlier.find(({ kind }) => kind === 'intent')?.output ?? {});

/** The artifact to go on from: the one handed over with the step, else the newest of the earlier steps (oldest first). */
const previousArtifact = ({ input, earlier }: Assignment): CodeArtifact | undefined =>
  firstArtifact([input['artifact'], ...earlier.toReversed().map(({ output }) => output)]);

/** Set for a repair only. */
const findingsOf = ({ kind, input }: Assignment): JsonValue | undefined =>
  kind === 'repair' ? (input['findings'] ?? []) : undefined;

const languageOf = ({ task, action }: Assignment, intended?: string, previous?: CodeArtifact): string =>
  canonicalLanguage(
    task.language ?? previous?.language ?? intended ?? detectLanguage(task.goal) ?? detectLanguage(action) ?? 'python',
  );
