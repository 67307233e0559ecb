import type { ArmResult, Assignment } from '../../contracts/arm';
import type { CodeOperation } from '../../contracts/direct';
import { Arm } from '../../dispatch/arm.decorator';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import { codeRequestOf } from './code-request';
import { countAnswer, countTokens } from './coder-metrics';
import { DirectCoder } from './direct-coder.service';
import { TaskCoder } from './task-coder.service';

/**
 * Writes code together with its tests (`work`), mends it by the judge's findings (`repair`), answers direct calls. Nothing leaves
 * before it was tried: parsed, its tests run, and mended by what they said where that was needed.
 */
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
  constructor(
    private readonly direct: DirectCoder,
    private readonly tasks: TaskCoder,
  ) {
    super();
  }

  async run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    try {
      const result = await (assignment.kind === 'direct'
        ? this.direct.answer(assignment, workbench)
        : this.tasks.write(assignment, workbench));
      countAnswer(operationOf(assignment), result);
      return result;
    } finally {
      countTokens(workbench.model.tokensUsed);
    }
  }
}

const operationOf = (assignment: Assignment): CodeOperation => {
  if (assignment.kind === 'direct') return codeRequestOf(assignment).operation;
  return assignment.kind === 'repair' ? 'debug' : 'generate';
};
