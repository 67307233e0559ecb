import { decodeCursor, encodeCursor, readPage } from './cursor';

describe('cursor', () => {
  it('comes back as it was given', () => {
    const place = { createdAt: '2026-01-02T03:04:05.678Z', id: '0b0c0d0e-1111-4222-8333-444455556666' };
    expect(decodeCursor(encodeCursor(place))).toEqual(place);
  });

  it.each([
    '',
    'x',
    'bm90IG91cnM',
    encodeCursor({ createdAt: '1', id: '0b0c0d0e-1111-4222-8333-444455556666' }),
    encodeCursor({ createdAt: 'yesterday', id: 'x' }),
  ])('refuses %j', (text) => {
    expect(() => decodeCursor(text)).toThrow(/next_cursor/);
  });
});

describe('a page', () => {
  const rows = [3, 2, 1].map((day) => ({
    id: `0b0c0d0e-1111-4222-8333-44445555666${day}`,
    at: new Date(`2026-01-0${day}T00:00:00.000Z`),
  }));
  const page = (limit: number, cursor?: string) =>
    readPage(
      { limit, cursor },
      (window) => {
        const from = window.after === undefined ? 0 : rows.findIndex(({ id }) => id === window.after?.id) + 1;
        return Promise.resolve(rows.slice(from, from + window.limit));
      },
      ({ at }) => at,
    );

  it('leads to the next one until there is none', async () => {
    const first = await page(2);
    expect(first.rows).toEqual(rows.slice(0, 2));
    const second = await page(2, first.nextCursor ?? '');
    expect(second).toEqual({ rows: rows.slice(2), nextCursor: null });
  });

  it('that the rest just fills is the last', async () => {
    expect(await page(3)).toEqual({ rows, nextCursor: null });
  });
});
