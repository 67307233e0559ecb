import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { ArmDescriptor } from '../contracts/arm';
import type { JsonObject } from '../contracts/json';
import { serviceNamed } from '../contracts/service';
import { AppConfig } from '../common/config/config.service';
import { ServiceFacts } from '../common/service-facts';
import { ArmRegistry } from './arm-registry.service';
import { activeSteps } from './invocations';

/** Has each arm of this process tell on its `/health` what it can do and how busy it is. */
@Injectable()
export class ArmFacts implements OnModuleInit {
  constructor(
    private readonly arms: ArmRegistry,
    private readonly facts: ServiceFacts,
    private readonly config: AppConfig,
  ) {}

  onModuleInit(): void {
    for (const descriptor of this.arms.descriptors()) {
      const service = serviceNamed(descriptor.id);
      if (service !== undefined) this.facts.provide(service, () => this.factsOf(descriptor));
    }
  }

  private async factsOf({ id, capabilities, concurrency }: ArmDescriptor): Promise<JsonObject> {
    const { values } = await activeSteps.get();
    return {
      arm_id: id,
      capabilities,
      active_tasks: values.find(({ labels }) => labels.arm_id === id)?.value ?? 0,
      max_concurrent_tasks: Math.min(concurrency, this.config.values.ARM_CONCURRENCY),
    };
  }
}
