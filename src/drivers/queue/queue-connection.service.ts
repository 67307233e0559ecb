import type { QueueOptions } from 'bullmq';

/** The one connection that all queues and workers of this process share. */
export class QueueConnection {
  readonly connection: QueueOptions['connection'];

  constructor(
    readonly backend: 'postgres' | 'redis',
    connection: unknown,
    /** Rejects while the backend cannot be reached. */
    readonly ping: () => Promise<void>,
    readonly close: () => Promise<void> | void,
  ) {
    // BullMQ types this for Redis alone; its PostgreSQL backend takes a pool in the same place.
    this.connection = connection as QueueOptions['connection'];
  }
}
