import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import type { ServiceName } from '../contracts/service';

/** Reads facts that are at hand: it must not wait for a dependency. */
type ReadFacts = () => JsonObject | Promise<JsonObject>;

/** What each service tells on `/health` beyond what all of them do. Whoever knows something says so in `onModuleInit`. */
@Injectable()
export class ServiceFacts {
  private readonly readers = new Map<ServiceName, ReadFacts[]>();

  /** Several may know something about one service. */
  provide(service: ServiceName, read: ReadFacts): void {
    this.readers.set(service, [...(this.readers.get(service) ?? []), read]);
  }

  /** All that is known. A reader that fails is left out: facts are no reason to be unhealthy. */
  async of(service: ServiceName): Promise<JsonObject> {
    const known = await Promise.allSettled((this.readers.get(service) ?? []).map(async (read) => read()));
    return Object.assign({}, ...known.map((fact) => (fact.status === 'fulfilled' ? fact.value : {}))) as JsonObject;
  }
}
