import { pendingMigrations } from './migrations';

describe('pendingMigrations', () => {
  const ours = [
    { name: '1_a', checksum: 'a' },
    { name: '2_b', checksum: 'b' },
  ];
  const applied = (name: string, checksum: string, finished: Date | null = new Date()) => ({
    migration_name: name,
    checksum,
    finished_at: finished,
  });

  it('gives what has not been applied yet', () => {
    expect(pendingMigrations(ours, [])).toEqual(ours);
    expect(pendingMigrations(ours, [applied('1_a', 'a')])).toEqual([ours[1]]);
    expect(pendingMigrations(ours, [applied('1_a', 'a'), applied('2_b', 'b')])).toEqual([]);
  });

  it.each([
    ['a newer schema', [applied('3_c', 'c')], /newer version/],
    ['a changed migration', [applied('1_a', 'x')], /changed after/],
    ['a half-done one', [applied('1_a', 'a', null)], /not finished/],
  ])('refuses %s', (_, ledger, message) => {
    expect(() => pendingMigrations(ours, ledger)).toThrow(message);
  });
});
