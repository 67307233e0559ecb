import type { INestApplicationContext } from '@nestjs/common';
import { IntakePort } from '../../src/intake/intake.port';

/** Submits tasks at the desk and waits for their last event. */
export class Tasks {
  private readonly intake: IntakePort;

  constructor(app: INestApplicationContext) {
    this.intake = app.get(IntakePort, { strict: false });
  }

  async run(shape: string): Promise<void> {
    const { id } = await this.intake.accept({
      goal: `Bench of the shape ${shape}`,
      constraints: [],
      acceptanceCriteria: [],
      context: {},
      priority: 'medium',
      budget: { maxTokens: 10_000, maxTimeSeconds: 300, maxCostUsd: 1, maxRetries: 3 },
      metadata: {},
      requiredCapabilities: [],
    });
    let last = '';
    for await (const { type } of this.intake.watch(id, 0, AbortSignal.timeout(60_000))) last = type;
    if (last !== 'task.completed') throw new Error(`${shape} ended with ${last}`);
  }
}
