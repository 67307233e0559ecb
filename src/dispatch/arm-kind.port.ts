import type { ArmRecord } from '../contracts/arm';
import type { ArmPort } from './arm.port';

/**
 * A kind of arm that is not a module of this server: called over HTTP, pulled by workers, … Its arms are rows of the table `arms`
 * with the kind's name; all of them share the queue `arm.<name>`. Implementations are providers, found at boot, whose module
 * imports `ArmQueueModule.for(<name>)`.
 */
export abstract class ArmKind {
  /** As in `arms.kind`. No arm may have it as its id. */
  abstract readonly name: string;
  /** Steps of all its arms together that one process runs at once. Each arm has a limit of its own besides. */
  abstract readonly concurrency: number;
  /** The arm behind a row. Cheap: asked for again whenever the rows were read. */
  abstract armFor(record: ArmRecord): ArmPort;
  /** Asks an arm that has just been registered how it is, and notes the answer. Never fails, takes seconds at most. */
  abstract greet(record: ArmRecord): Promise<void>;
}
