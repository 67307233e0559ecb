import { BullModule } from '@nestjs/bullmq';
import { Global, Logger, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createPostgresBackend, createRedisBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import IORedis from 'ioredis';
import { Pool } from 'pg';
import { AppConfig } from '../../common/config/config.service';
import { UserError } from '../../common/errors';
import { HealthRegistry } from '../../common/health';
import { LimitedLog } from '../../common/log/limited-log';
import { PostgresAddress } from '../../common/postgres-address';
import { QueueConnection } from './queue-connection.service';

/** BullMQ's own schema in our database. */
const SCHEMA = 'bullmq';
/** A bell need not survive a power cut, our rows do: the queue does not wait for the disk. */
const SESSION = `SET search_path = ${SCHEMA}; SET synchronous_commit = off`;
/** One LISTEN connection per worker (six arms and the tasks, with room for arms of users) and some for queries. */
const POOL_SIZE = 40;

const openRedis = async (url: string, log: LimitedLog): Promise<QueueConnection> => {
  setDefaultBackendFactory(createRedisBackend);
  // BullMQ demands null: a worker's blocking read must be allowed to wait through a reconnect.
  const redis = new IORedis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  redis.on('error', (error) => log.warn('Redis', error));
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    throw new UserError('queue_unreachable', `REDIS_URL: no Redis server answers there (${String(cause)}).`, { cause });
  }
  return new QueueConnection(
    'redis',
    redis,
    async () => {
      await redis.ping();
    },
    () => redis.disconnect(),
  );
};

const openPostgres = async (address: PostgresAddress, log: LimitedLog): Promise<QueueConnection> => {
  setDefaultBackendFactory(createPostgresBackend);
  // One pool for all: queues and workers that are given a configuration open a pool each and exhaust the server.
  const pool = new Pool({
    ...address.login,
    max: POOL_SIZE,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    verify: (client, done) => void client.query(SESSION).then(() => done(), done),
  });
  pool.setMaxListeners(0);
  pool.on('error', (error) => log.warn('Queue connection', error));
  const client = await pool.connect();
  try {
    await runMigrations(client, SCHEMA);
  } finally {
    client.release();
  }
  return new QueueConnection(
    'postgres',
    pool,
    async () => {
      await pool.query('SELECT 1');
    },
    () => pool.end(),
  );
};

/**
 * BullMQ, on PostgreSQL by default and on Redis when `REDIS_URL` is set. Rooms above register their queues with `BullModule`.
 */
@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      inject: [QueueConnection, AppConfig],
      useFactory: ({ connection }: QueueConnection, { values }: AppConfig) => ({
        connection,
        prefix: values.REDIS_PREFIX,
        // A job is only a bell: everything worth keeping is in our own rows, and steps have their own retries. A bell is
        // tried again only when the rows could not be reached.
        defaultJobOptions: {
          removeOnComplete: true,
          removeOnFail: true,
          attempts: 10,
          backoff: { type: 'fixed', delay: 1_000 },
        },
      }),
    }),
  ],
  providers: [
    {
      provide: QueueConnection,
      inject: [AppConfig, PostgresAddress],
      useFactory: (config: AppConfig, address: PostgresAddress) => {
        const log = new LimitedLog(new Logger('Queue'));
        return config.redisUrl === undefined ? openPostgres(address, log) : openRedis(config.redisUrl, log);
      },
    },
  ],
  exports: [QueueConnection],
})
export class QueueModule implements OnApplicationShutdown, OnModuleInit {
  constructor(
    private readonly connection: QueueConnection,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.register({
      name: 'queue',
      required: true,
      check: async () => {
        await this.connection.ping();
        return { ok: true, message: `BullMQ on ${this.connection.backend}` };
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.connection.close();
  }
}
