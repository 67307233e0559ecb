import { Injectable } from '@nestjs/common';
import type { CachedInspection, Inspection, InspectOptions, ReflexStatistics } from '../contracts/inspection';
import { Inspector } from '../reflex/inspector.service';
import { ReflexDesk } from './reflex-desk.port';

@Injectable()
export class LocalReflexDesk extends ReflexDesk {
  constructor(private readonly inspector: Inspector) {
    super();
  }

  inspect(text: string, options: InspectOptions): Inspection {
    return this.inspector.inspect(text, options);
  }

  routingHints(text: string): string[] {
    return this.inspector.routingHints(text);
  }

  cached(key: string, tenant: string): CachedInspection | undefined {
    return this.inspector.cached(key, tenant);
  }

  clearCache(): number {
    return this.inspector.clearCache();
  }

  statistics(): ReflexStatistics {
    return this.inspector.statistics();
  }
}
