import { Global, Logger, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { AppConfig } from '../../common/config/config.service';
import { HealthRegistry } from '../../common/health';
import { PostgresAddress } from '../../common/postgres-address';
import { EmbeddedVectors } from './embedded-vectors';
import { QdrantVectors } from './qdrant-vectors';
import { VectorPort } from './vector.port';

/** One connection to search with while the other writes. */
const POOL_SIZE = 2;
const CONNECT_TIMEOUT_MS = 5_000;

const open = ({ values }: AppConfig, address: PostgresAddress): VectorPort => {
  const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = values;
  if (url !== undefined) return new QdrantVectors({ url, apiKey });
  const pool = new Pool({
    ...address.login,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  const logger = new Logger('Vectors');
  pool.on('error', (error) => logger.debug(`An idle connection was lost: ${error.message}`));
  return new EmbeddedVectors(pool);
};

/** Vectors in the database, searched in this process; on Qdrant when `QDRANT_URL` is set. */
@Global()
@Module({
  providers: [{ provide: VectorPort, inject: [AppConfig, PostgresAddress], useFactory: open }],
  exports: [VectorPort],
})
export class VectorModule implements OnApplicationShutdown, OnModuleInit {
  constructor(
    private readonly vectors: VectorPort,
    private readonly config: AppConfig,
    private readonly health: HealthRegistry,
  ) {}

  /** A server that was asked for has to be there; the embedded store is as ready as the database is. */
  onModuleInit(): void {
    this.health.register({
      name: 'vector',
      required: this.config.values.QDRANT_URL !== undefined,
      check: async () => ({ ok: true, message: await this.vectors.ping() }),
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.vectors.close();
  }
}
