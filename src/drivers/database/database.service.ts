import { Logger } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Pool, PoolClient, QueryConfig, QueryResultRow } from 'pg';
import { TransientError } from '../../common/errors';
import { sha256 } from '../../common/ids';
import { PrismaClient } from './generated/client';

/**
 * SQLSTATE classes and system errors that pass: the server is not there now (08, 57P0x, 53300 and the system's own), it
 * chose us to break a deadlock or a wait (40001, 40P01, 55P03, 57014), or it is out of room (53100, 53200).
 */
const PASSING =
  /^(08...|57P0[1-3]|57014|40001|40P01|55P03|53[123]00|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024)$/;
const PASSING_TEXT =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout/;

const asOctoError = (error: unknown): unknown => {
  const { code, message } = error as { code?: string; message?: string };
  return PASSING.test(code ?? '') || PASSING_TEXT.test(message ?? '')
    ? new TransientError(
        'service_unavailable',
        'The database cannot be reached right now. Nothing was lost; try again.',
        {
          retryAfterSeconds: 2,
          cause: error,
        },
      )
    : error;
};

/**
 * Statements are sent under a name, so that the server plans each once per connection: planning costs more than running for
 * the statements on the path of every step. Texts are constants of the code, so the names stay few; they are hashes, so that
 * processes of different versions can share a connection through a pooler.
 */
const named = (text: string, values: unknown[]): QueryConfig => {
  let name = names.get(text);
  if (name === undefined) {
    name = `octo_${sha256(text).slice(0, 16)}`;
    names.set(text, name);
  }
  return { name, text, values };
};
const names = new Map<string, string>();

/** Runs SQL; within a transaction, all of it or none. */
export interface Sql {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
}

/**
 * The database. `prisma` for plain reads and writes; `query` and `transaction` for the statements on the path of every step,
 * which take one round trip where a generated client takes several.
 *
 * Both reject with `TransientError` `service_unavailable` while the server cannot be reached.
 */
export class Database implements Sql {
  readonly prisma: PrismaClient;
  private readonly logger = new Logger(Database.name);

  constructor(private readonly pool: Pool) {
    pool.on('error', (error) => this.logger.debug(`An idle connection was lost: ${error.message}`));
    this.prisma = new PrismaClient({ adapter: new PrismaPg(pool) }).$extends({
      query: {
        $allOperations: ({ args, query }) =>
          query(args).catch((error: unknown) => Promise.reject(asOctoError(error) as Error)),
      },
    }) as unknown as PrismaClient;
  }

  async query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(named(text, values))).rows;
    } catch (error) {
      throw asOctoError(error);
    }
  }

  async transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    let client: PoolClient | undefined;
    let broken = false;
    const onLost = (): void => void (broken = true);
    try {
      client = await this.pool.connect();
      const held = client;
      // The pool listens only while a client is idle; a connection lost in between must not end the process.
      held.on('error', onLost);
      await held.query('BEGIN');
      const result = await work({
        query: async <Row extends QueryResultRow>(text: string, values: unknown[] = []) =>
          (await held.query<Row>(named(text, values))).rows,
      });
      await held.query('COMMIT');
      return result;
    } catch (error) {
      await client?.query('ROLLBACK').catch(() => (broken = true));
      throw asOctoError(error);
    } finally {
      client?.off('error', onLost);
      client?.release(broken);
    }
  }

  async close(): Promise<void> {
    await this.prisma.$disconnect();
    await this.pool.end();
  }
}
