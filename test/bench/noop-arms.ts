import { Module, type Type } from '@nestjs/common';
import { type ArmDescriptor, type ArmResult, type Assignment, BUILT_IN_ARMS } from '../../src/contracts/arm';
import type { JsonObject } from '../../src/contracts/json';
import { ArmQueueModule } from '../../src/dispatch/arm-queue.module';
import { Arm } from '../../src/dispatch/arm.decorator';
import { ArmPort } from '../../src/dispatch/arm.port';

/** Steps of a plan by the shape's name: `chain-8` is eight in a row, `fan-8` eight beside one another and one after them. */
const shapeOf = (goal: string): { dependsOn: number[] }[] => {
  const [, form, size] = /(chain|fan)-(\d+)/.exec(goal) ?? [];
  const steps = Array.from({ length: Number(size) }, (_, index) => ({
    dependsOn: form === 'chain' && index > 0 ? [index] : [],
  }));
  return form === 'fan' ? [...steps, { dependsOn: steps.map((_, index) => index + 1) }] : steps;
};

const planFor = (goal: string): JsonObject => {
  const steps = [...shapeOf(goal), { dependsOn: [] }].map(({ dependsOn }, index, all) => ({
    step: index + 1,
    action: 'nothing',
    requiredArm: index === all.length - 1 ? 'judge' : 'executor',
    acceptanceCriteria: ['it is done', 'it is quick'],
    dependsOn,
    estimatedDurationSeconds: 1,
  }));
  return { steps, rationale: 'bench', confidence: 1, complexityScore: 0, source: 'rules' };
};

const answer = ({ kind, task }: Assignment): JsonObject => {
  switch (kind) {
    case 'plan':
      return planFor(task.goal);
    case 'judge':
      return { valid: true, confidence: 1, qualityScore: 1, criteria: [], issues: [], layers: [] };
    case 'guard':
      return { safe: true, riskLevel: 'none', issues: [] };
    case 'integrate':
      return {
        output: '',
        confidence: 1,
        validation_passed: true,
        warnings: [],
        citations: [],
        criteria: [],
        findings: [],
      };
    default:
      return {};
  }
};

const noopArm = (id: string): Type => {
  const descriptor: ArmDescriptor = { id, name: id, description: id, capabilities: [], costTier: 1, concurrency: 50 };
  @Arm(descriptor)
  class NoopArm extends ArmPort {
    run(assignment: Assignment): Promise<ArmResult> {
      return Promise.resolve({ output: answer(assignment), confidence: 1 });
    }
  }
  @Module({ imports: [ArmQueueModule.for(id)], providers: [NoopArm] })
  class NoopArmModule {}
  return NoopArmModule;
};

/** All arms, doing nothing and costing nothing: what remains is the server's own work. */
export const NOOP_ARMS: Type[] = BUILT_IN_ARMS.map(noopArm);
