import fc from 'fast-check';
import { VectorMatrix } from './vector-matrix';
import { unitVector } from './vectors';

const DIMENSION = 3;
const step = fc.oneof(
  fc.record({
    put: fc.integer({ min: 0, max: 150 }),
    vector: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: DIMENSION, maxLength: DIMENSION }),
  }),
  fc.record({ retain: fc.array(fc.integer({ min: 0, max: 150 }), { maxLength: 120 }) }),
);

describe('VectorMatrix', () => {
  it('answers as a plain list would, whatever was written, replaced and forgotten', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 20 }), (steps, limit) => {
        const matrix = new VectorMatrix(DIMENSION);
        const plain = new Map<string, { vector: Float32Array; even: boolean }>();
        for (const one of steps) {
          if ('put' in one) {
            if (one.vector.every((value) => value === 0)) continue;
            const entry = { vector: unitVector(Float32Array.from(one.vector)), even: one.put % 2 === 0 };
            plain.set(`p${one.put}`, entry);
            matrix.put(`p${one.put}`, entry.vector, { even: entry.even });
          } else {
            const kept = new Set(one.retain.map((number) => `p${number}`));
            for (const id of plain.keys()) if (!kept.has(id)) plain.delete(id);
            matrix.retain(kept);
          }
        }
        const query = unitVector(Float32Array.of(1, 2, -1));
        const expected = (keep: (even: boolean) => boolean) =>
          [...plain]
            .filter(([, { even }]) => keep(even))
            .map(([id, { vector }]) => ({
              id,
              dot: vector.reduce((sum, value, at) => sum + (query[at] ?? 0) * value, 0),
            }))
            .sort((a, b) => b.dot - a.dot || (a.id < b.id ? -1 : 1))
            .slice(0, limit)
            .map(({ id }) => id);
        expect(matrix.size).toBe(plain.size);
        expect(matrix.nearest(query, limit).map(({ id }) => id)).toEqual(expected(() => true));
        expect(matrix.nearest(query, limit, { even: true }).map(({ id }) => id)).toEqual(expected((even) => even));
      }),
    );
  });
});
