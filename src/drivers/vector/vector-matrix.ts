import type { JsonObject } from '../../contracts/json';
import type { VectorFilter, VectorHit } from './vector.port';

const FIRST_ROWS = 64;

/** Unit vectors of one collection, one after the other in memory, and an exact search over all of them. */
export class VectorMatrix {
  private numbers: Float32Array;
  private readonly ids: string[] = [];
  private readonly payloads: JsonObject[] = [];
  private readonly rowOf = new Map<string, number>();

  constructor(readonly dimension: number) {
    this.numbers = new Float32Array(FIRST_ROWS * dimension);
  }

  get size(): number {
    return this.ids.length;
  }

  get bytes(): number {
    return this.numbers.byteLength;
  }

  put(id: string, vector: Float32Array, payload: JsonObject): void {
    const row = this.rowOf.get(id) ?? this.size;
    if ((row + 1) * this.dimension > this.numbers.length) {
      const larger = new Float32Array(this.numbers.length * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers.set(vector, row * this.dimension);
    this.ids[row] = id;
    this.payloads[row] = payload;
    this.rowOf.set(id, row);
  }

  /** Forgets every vector whose id is not among these. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of this.ids.filter((one) => !ids.has(one))) this.drop(id);
  }

  /** Nearest first; equally near ones by id, so that the order does not depend on the order of writing. */
  nearest(query: Float32Array, limit: number, filter: VectorFilter = {}): VectorHit[] {
    const wanted = Object.entries(filter);
    const best: { row: number; score: number }[] = [];
    const isBefore = (score: number, row: number, other: { row: number; score: number }): boolean =>
      score > other.score || (score === other.score && (this.ids[row] ?? '') < (this.ids[other.row] ?? ''));
    for (let row = 0; row < this.size; row += 1) {
      if (wanted.some(([field, value]) => this.payloads[row]?.[field] !== value)) continue;
      const score = dot(query, this.numbers, row * this.dimension);
      const last = best.at(-1);
      if (best.length >= limit && (last === undefined || !isBefore(score, row, last))) continue;
      const at = best.findIndex((other) => isBefore(score, row, other));
      best.splice(at < 0 ? best.length : at, 0, { row, score });
      if (best.length > limit) best.pop();
    }
    return best.map(({ row, score }) => ({
      id: this.ids[row] ?? '',
      score: Math.min(1, Math.max(0, score)),
      payload: this.payloads[row] ?? {},
    }));
  }

  /** The last row takes the place of the one that goes. */
  private drop(id: string): void {
    const row = this.rowOf.get(id);
    const lastId = this.ids.pop();
    const lastPayload = this.payloads.pop();
    if (row === undefined || lastId === undefined || lastPayload === undefined) return;
    this.rowOf.delete(id);
    if (lastId === id) return;
    const start = this.size * this.dimension;
    this.numbers.copyWithin(row * this.dimension, start, start + this.dimension);
    this.ids[row] = lastId;
    this.payloads[row] = lastPayload;
    this.rowOf.set(lastId, row);
  }
}

/** Four sums side by side: the processor need not wait for one addition before the next, which saves nearly half of the time. */
const dot = (query: Float32Array, numbers: Float32Array, start: number): number => {
  const length = query.length;
  const inFours = length - (length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let at = 0; at < inFours; at += 4) {
    const from = start + at;
    a += (query[at] ?? 0) * (numbers[from] ?? 0);
    b += (query[at + 1] ?? 0) * (numbers[from + 1] ?? 0);
    c += (query[at + 2] ?? 0) * (numbers[from + 2] ?? 0);
    d += (query[at + 3] ?? 0) * (numbers[from + 3] ?? 0);
  }
  for (let at = inFours; at < length; at += 1) a += (query[at] ?? 0) * (numbers[start + at] ?? 0);
  return a + b + c + d;
};
