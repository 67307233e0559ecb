import { resolve } from 'node:path';
import { Global, Inject, Logger, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Client, Pool } from 'pg';
import { AppConfig } from '../../common/config/config.service';
import { UserError } from '../../common/errors';
import { PostgresAddress } from '../../common/postgres-address';
import { Database } from './database.service';
import { EmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrations';

const MIGRATIONS = resolve(__dirname, '../../../prisma/migrations');

const findServer = async (config: AppConfig): Promise<PostgresAddress> => {
  const url = config.databaseUrl;
  return url === undefined
    ? EmbeddedPostgres.start(config.values.DATA_DIR)
    : { embedded: false, login: { connectionString: url } };
};

const open = async (config: AppConfig, address: PostgresAddress): Promise<Database> => {
  const logger = new Logger('Database');
  const client = new Client(address.login);
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
    if (applied.length > 0) logger.log(`Applied ${applied.join(', ')}`);
  } finally {
    await client.end();
  }
  return new Database(
    new Pool({
      ...address.login,
      max: config.values.DATABASE_POOL_SIZE,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
    }),
  );
};

@Global()
@Module({
  providers: [
    { provide: PostgresAddress, inject: [AppConfig], useFactory: findServer },
    { provide: Database, inject: [AppConfig, PostgresAddress], useFactory: open },
  ],
  exports: [PostgresAddress, Database],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(PostgresAddress) private readonly address: PostgresAddress,
    private readonly database: Database,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    if (this.address instanceof EmbeddedPostgres) await this.address.stop();
  }
}
