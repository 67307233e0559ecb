import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { JsonObject } from '../../contracts/json';
import { OctoError, TransientError, UserError } from '../../common/errors';
import { storableJson } from '../../common/storable';
import { VectorMatrix } from './vector-matrix';
import { type VectorFilter, type VectorHit, type VectorPoint, VectorPort } from './vector.port';
import { dimensionMismatch, isSome, prepare, unitVector } from './vectors';

/**
 * Bytes of vectors this process keeps in memory, and the most one collection may hold: about 170,000 vectors of 384 dimensions,
 * 43,000 of 1,536. A search reads all of them, which at this size takes some 80 ms; beyond it Qdrant is the better place.
 */
const MOST_BYTES = 256 * 1024 * 1024;
const PAGE = 2_000;

interface Loaded {
  matrix: VectorMatrix;
  /** The collection's version up to which its rows are in the matrix. */
  version: number;
  /** Searches at the same moment catch up one after the other. */
  busy: Promise<void>;
}

interface Row {
  id: string;
  vector: Buffer;
  payload: JsonObject;
  version: number;
}

/**
 * Vectors in PostgreSQL, searched in this process: exactly, by comparing with every vector of the collection.
 *
 * A collection is loaded when it is first searched. Each search asks for the collection's version (one round trip), and when
 * that has risen reads only the rows written since, by whichever process. The least recently searched collections are let go
 * when the memory is needed for another.
 */
export class EmbeddedVectors extends VectorPort {
  private readonly loaded = new Map<string, Loaded>();

  constructor(
    private readonly pool: Pool,
    private readonly mostBytes = MOST_BYTES,
  ) {
    super();
  }

  async ping(): Promise<string> {
    await this.reaching(() => this.pool.query('SELECT 1'));
    return 'embedded, stored in PostgreSQL';
  }

  async upsert(collection: string, given: readonly VectorPoint[]): Promise<void> {
    if (!isSome(given)) return;
    const { dimension, points } = prepare(collection, given);
    await this.transaction(async (client) => {
      // Locks the collection until the commit: versions become visible in the order of their numbers.
      const { rows } = await client.query<{ dimension: number; version: number }>(
        `INSERT INTO vector_collections AS c (name, dimension, version) VALUES ($1, $2, 1)
         ON CONFLICT (name) DO UPDATE SET version = c.version + 1 RETURNING dimension, version`,
        [collection, dimension],
      );
      const expected = rows[0]?.dimension ?? dimension;
      if (expected !== dimension) throw dimensionMismatch(collection, expected, dimension);
      await client.query(
        `INSERT INTO vector_points (collection, id, vector, payload, version)
         SELECT $1, p.id, p.vector, p.payload, $5 FROM unnest($2::text[], $3::bytea[], $4::jsonb[]) AS p (id, vector, payload)
         ON CONFLICT (collection, id) DO UPDATE
         SET vector = excluded.vector, payload = excluded.payload, version = excluded.version`,
        [
          collection,
          points.map(({ id }) => id),
          points.map(({ vector }) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)),
          points.map(({ payload }) => storableJson(payload)),
          rows[0]?.version,
        ],
      );
      const most = Math.floor(this.mostBytes / (dimension * Float32Array.BYTES_PER_ELEMENT));
      if ((await count(client, collection)) > most) {
        throw new UserError(
          'vector_store_full',
          `The vector collection ${collection} is full: the embedded store keeps at most ${most} vectors of ${dimension} dimensions. Set QDRANT_URL to a Qdrant server.`,
        );
      }
    });
  }

  async search(
    collection: string,
    vector: Float32Array,
    { limit, filter }: { limit: number; filter?: VectorFilter },
  ): Promise<VectorHit[]> {
    const query = unitVector(vector);
    const { rows } = await this.reaching(() =>
      this.pool.query<{ dimension: number; version: number }>({
        name: 'vector_collection',
        text: 'SELECT dimension, version FROM vector_collections WHERE name = $1',
        values: [collection],
      }),
    );
    if (rows[0] === undefined) return [];
    const { dimension, version } = rows[0];
    if (dimension !== query.length) throw dimensionMismatch(collection, dimension, query.length);
    const matrix = await this.upTo(version, collection, dimension);
    return matrix.nearest(query, limit, filter);
  }

  async remove(collection: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.transaction(async (client) => {
      await client.query('UPDATE vector_collections SET version = version + 1 WHERE name = $1', [collection]);
      await client.query('DELETE FROM vector_points WHERE collection = $1 AND id = ANY ($2::text[])', [
        collection,
        ids,
      ]);
    });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** The collection in memory with every write up to this version in it. */
  private async upTo(version: number, collection: string, dimension: number): Promise<VectorMatrix> {
    const entry = this.loaded.get(collection) ?? {
      matrix: new VectorMatrix(dimension),
      version: 0,
      busy: Promise.resolve(),
    };
    // Taken out and put in again, the map lists the least recently searched first.
    this.loaded.delete(collection);
    this.loaded.set(collection, entry);
    const turn = entry.busy.then(() => this.catchUp(entry, version, collection));
    entry.busy = turn.catch(() => undefined);
    await turn;
    this.letGo(collection);
    return entry.matrix;
  }

  private async catchUp(entry: Loaded, version: number, collection: string): Promise<void> {
    if (entry.version >= version) return;
    const { matrix } = entry;
    await this.reaching(async () => {
      let after = { version: entry.version + 1, id: '' };
      for (let page = PAGE; page === PAGE;) {
        const { rows } = await this.pool.query<Row>(
          `SELECT id, vector, payload, version FROM vector_points
           WHERE collection = $1 AND (version, id) > ($2, $3) ORDER BY version, id LIMIT ${PAGE}`,
          [collection, after.version, after.id],
        );
        for (const row of rows) matrix.put(row.id, floats(row.vector), row.payload);
        after = rows.at(-1) ?? after;
        page = rows.length;
      }
      // Rows that were removed leave no trace but their number.
      if ((await count(this.pool, collection)) !== matrix.size) {
        const { rows } = await this.pool.query<{ id: string }>('SELECT id FROM vector_points WHERE collection = $1', [
          collection,
        ]);
        matrix.retain(new Set(rows.map(({ id }) => id)));
      }
    });
    // What was written meanwhile may be in the matrix already; reading it again does no harm, missing it would.
    entry.version = version;
  }

  private letGo(keep: string): void {
    const total = (): number => [...this.loaded.values()].reduce((sum, { matrix }) => sum + matrix.bytes, 0);
    for (const name of [...this.loaded.keys()]) {
      if (name !== keep && total() > this.mostBytes) this.loaded.delete(name);
    }
  }

  private transaction(work: (client: PoolClient) => Promise<void>): Promise<void> {
    return this.reaching(async () => {
      const client = await this.pool.connect();
      let broken = false;
      const onLost = (): void => void (broken = true);
      // The pool listens only while a client is idle; a connection lost in between must not end the process.
      client.on('error', onLost);
      try {
        await client.query('BEGIN');
        await work(client);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK').catch(() => (broken = true));
        throw error;
      } finally {
        client.off('error', onLost);
        client.release(broken);
      }
    });
  }

  private async reaching<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw isLost(error)
        ? new TransientError(
            'service_unavailable',
            'The database that keeps the vectors cannot be reached right now.',
            {
              retryAfterSeconds: 2,
              cause: error,
            },
          )
        : error;
    }
  }
}

/** No answer of the server at all, or one whose SQLSTATE class says that it is not there now. */
const isLost = (error: unknown): boolean => {
  if (error instanceof OctoError) return false;
  return !(error instanceof DatabaseError) || /^(08|53|57)/.test(error.code ?? '');
};

const count = async (sql: Pick<Pool, 'query'>, collection: string): Promise<number> => {
  const { rows } = await sql.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM vector_points WHERE collection = $1',
    [collection],
  );
  return rows[0]?.count ?? 0;
};

/** Copied, because floats must begin at a multiple of four bytes. */
const floats = (bytes: Buffer): Float32Array => new Float32Array(new Uint8Array(bytes).buffer);
