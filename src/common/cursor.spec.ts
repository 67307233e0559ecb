import { decodeCursor, encodeCursor } from './cursor';

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
