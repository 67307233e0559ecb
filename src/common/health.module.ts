import { Global, Module } from '@nestjs/common';
import { HealthRegistry } from './health';
import { ServiceFacts } from './service-facts';

@Global()
@Module({ providers: [HealthRegistry, ServiceFacts], exports: [HealthRegistry, ServiceFacts] })
export class HealthModule {}
