import { resolve } from 'node:path';
import { Global, Inject, Logger, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Client, Pool } from 'pg';
import { AppConfig } from '../../common/config/config.service';
import { UserError } from '../../common/errors';
import { HealthRegistry } from '../../common/health';
import { PostgresAddress } from '../../common/postgres-address';
import { Database } from './database.service';
import { EmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrations';

/**
 * Settings of each session, sent as statements because poolers refuse them as start-up parameters. Our statements look rows up
 * by key whatever the values, so planning each anew would cost as much as running it; none runs for long, so one that does, or
 * waits for a lock that somebody froze with, is ended rather than let hold a connection.
 */
const SESSION = `
  SET plan_cache_mode = force_generic_plan;
  SET statement_timeout = '30s';
  SET lock_timeout = '10s';
  SET idle_in_transaction_session_timeout = '30s'`;
/** On our side, for a connection that went silent: longer than the server's own limit. */
const QUERY_TIMEOUT_MS = 35_000;
const MIGRATIONS = resolve(__dirname, '../../../prisma/migrations');

const findServer = async (config: AppConfig): Promise<PostgresAddress> => {
  const url = config.databaseUrl;
  return url === undefined
    ? EmbeddedPostgres.start(config.values.DATA_DIR)
    : { embedded: false, login: { connectionString: url } };
};

const bringUpToDate = async (address: PostgresAddress): Promise<void> => {
  const client = new Client(address.login);
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError('database_unreachable', `DATABASE_URL: no PostgreSQL server answers there (${reason}).`, {
      cause,
    });
  }
  try {
    const applied = await migrate(client, MIGRATIONS);
    if (applied.length > 0) new Logger('Database').log(`Applied ${applied.join(', ')}`);
  } finally {
    await client.end();
  }
};

const open = async ({ values }: AppConfig, address: PostgresAddress): Promise<Database> => {
  try {
    await bringUpToDate(address);
  } catch (error) {
    if (address instanceof EmbeddedPostgres) await address.stop();
    throw error;
  }
  const pool = new Pool({
    ...address.login,
    max: values.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: 5_000,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    verify: (client, done) => void client.query(SESSION).then(() => done(), done),
  });
  return new Database(pool);
};

@Global()
@Module({
  providers: [
    { provide: PostgresAddress, inject: [AppConfig], useFactory: findServer },
    { provide: Database, inject: [AppConfig, PostgresAddress], useFactory: open },
  ],
  exports: [PostgresAddress, Database],
})
export class DatabaseModule implements OnApplicationShutdown, OnModuleInit {
  constructor(
    @Inject(PostgresAddress) private readonly address: PostgresAddress,
    private readonly database: Database,
    private readonly health: HealthRegistry,
  ) {}

  onModuleInit(): void {
    this.health.register({
      name: 'database',
      required: true,
      check: async () => {
        await this.database.query('SELECT 1');
        return { ok: true, message: this.address.embedded ? 'embedded PostgreSQL' : 'PostgreSQL server' };
      },
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    if (this.address instanceof EmbeddedPostgres) await this.address.stop();
  }
}
