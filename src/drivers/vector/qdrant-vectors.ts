import { createHash } from 'node:crypto';
import { QdrantClient } from '@qdrant/js-client-rest';
import type { JsonObject } from '../../contracts/json';
import { OctoError, TransientError, UserError } from '../../common/errors';
import { type VectorFilter, type VectorHit, type VectorPoint, VectorPort } from './vector.port';
import { dimensionMismatch, isSome, prepare, unitVector } from './vectors';

const TIMEOUT_MS = 10_000;
/** Points sent at once: some 5 MB of JSON at 1,536 dimensions, well under the 32 MB the server takes. */
const BATCH = 256;
/** Field of the payload that keeps our id: the server's own ids are numbers or UUIDs only. */
const ID_FIELD = '_id';

export interface QdrantOptions {
  url: string;
  apiKey?: string | undefined;
  timeoutMs?: number;
}

/** Vectors on a Qdrant server: one of its collections for each of ours, under the same name, compared by cosine. */
export class QdrantVectors extends VectorPort {
  private readonly client: QdrantClient;
  private readonly host: string;
  /** Of collections known to exist. They are never deleted here, so nothing has to be forgotten but by accident. */
  private readonly dimensions = new Map<string, number>();

  constructor({ url, apiKey, timeoutMs = TIMEOUT_MS }: QdrantOptions) {
    super();
    const { host, pathname, origin } = new URL(url);
    this.host = host;
    this.client = new QdrantClient({
      url: origin,
      ...(pathname !== '/' && { prefix: pathname.replace(/\/+$/, '') }),
      // As a header of ours: the client's own option complains on the console about keys over plain HTTP.
      ...(apiKey !== undefined && { headers: { 'api-key': apiKey } }),
      timeout: timeoutMs,
      checkCompatibility: false,
    });
  }

  async ping(): Promise<string> {
    // The version is told to anybody; the list of collections only with the right key.
    const [{ version }] = await this.reaching(() =>
      Promise.all([this.client.versionInfo(), this.client.getCollections()]),
    );
    return `Qdrant ${version}`;
  }

  async upsert(collection: string, given: readonly VectorPoint[]): Promise<void> {
    if (!isSome(given)) return;
    const { dimension, points } = prepare(collection, given);
    await this.reaching(async () => {
      const expected = (await this.dimensionOf(collection)) ?? (await this.create(collection, dimension));
      if (expected !== dimension) throw dimensionMismatch(collection, expected, dimension);
      for (let start = 0; start < points.length; start += BATCH) {
        await this.client.upsert(collection, {
          wait: true,
          points: points.slice(start, start + BATCH).map(({ id, vector, payload }) => ({
            id: uuidOf(id),
            vector: [...vector],
            payload: { ...payload, [ID_FIELD]: id },
          })),
        });
      }
    }, collection);
  }

  async search(
    collection: string,
    vector: Float32Array,
    { limit, filter = {} }: { limit: number; filter?: VectorFilter },
  ): Promise<VectorHit[]> {
    const query = [...unitVector(vector)];
    return this.reaching(async () => {
      const dimension = await this.dimensionOf(collection);
      if (dimension === undefined) return [];
      if (dimension !== query.length) throw dimensionMismatch(collection, dimension, query.length);
      const must = Object.entries(filter).map(([key, value]) => ({ key, match: { value } }));
      const { points } = await this.client.query(collection, { query, limit, filter: { must }, with_payload: true });
      return points.flatMap(({ score, payload }) => {
        const { [ID_FIELD]: id, ...rest } = (payload ?? {}) as JsonObject;
        return typeof id === 'string' ? [{ id, score: Math.min(1, Math.max(0, score)), payload: rest }] : [];
      });
    }, collection);
  }

  async remove(collection: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.reaching(async () => {
      if ((await this.dimensionOf(collection)) === undefined) return;
      await this.client.delete(collection, { wait: true, points: ids.map(uuidOf) });
    }, collection);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Undefined when there is no such collection. */
  private async dimensionOf(collection: string): Promise<number | undefined> {
    const known = this.dimensions.get(collection);
    if (known !== undefined) return known;
    const info = await this.client.getCollection(collection).catch((error: unknown) => {
      if (statusOf(error) === 404) return undefined;
      throw error;
    });
    const size = info?.config.params.vectors?.size;
    if (info !== undefined && typeof size !== 'number') {
      throw new UserError(
        'vector_store_refused',
        `The collection ${collection} at QDRANT_URL (${this.host}) was not made by this server. Rename or delete it.`,
      );
    }
    if (typeof size === 'number') this.dimensions.set(collection, size);
    return typeof size === 'number' ? size : undefined;
  }

  /** Another process may make it at the same moment: then that one's dimension holds. */
  private async create(collection: string, dimension: number): Promise<number> {
    try {
      await this.client.createCollection(collection, { vectors: { size: dimension, distance: 'Cosine' } });
    } catch (error) {
      if (statusOf(error) !== 409) throw error;
    }
    return (await this.dimensionOf(collection)) ?? dimension;
  }

  private async reaching<T>(work: () => Promise<T>, collection?: string): Promise<T> {
    try {
      return await work();
    } catch (error) {
      // Somebody may have deleted it on the server; the next write makes it again.
      if (statusOf(error) === 404 && collection !== undefined) this.dimensions.delete(collection);
      throw this.asOctoError(error);
    }
  }

  private asOctoError(error: unknown): unknown {
    if (error instanceof OctoError) return error;
    const status = statusOf(error);
    const where = `The Qdrant server at QDRANT_URL (${this.host})`;
    if (status === 401 || status === 403) {
      return new UserError('vector_store_refused', `${where} refused the key (HTTP ${status}). Set QDRANT_API_KEY.`, {
        cause: error,
      });
    }
    if (status !== undefined && status >= 400 && status < 500 && ![404, 408, 429].includes(status)) {
      return new UserError('vector_store_refused', `${where} refused a request (HTTP ${status}). Its log says why.`, {
        cause: error,
      });
    }
    const reason = status === undefined ? 'cannot be reached right now' : `is not available now (HTTP ${status})`;
    return new TransientError('service_unavailable', `${where} ${reason}.`, { retryAfterSeconds: 2, cause: error });
  }
}

/** The client's errors carry the HTTP status; undefined when no answer came. */
const statusOf = (error: unknown): number | undefined => {
  const { status } = error as { status?: unknown };
  return typeof status === 'number' ? status : undefined;
};

/** A UUID that is always the same for an id: version 8 of RFC 9562, from the id's SHA-256. */
const uuidOf = (id: string): string => {
  const bytes = createHash('sha256').update(id).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
