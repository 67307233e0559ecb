import { repeatableId, repeatably } from './repeatable';

const UUID_4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const draw = async (): Promise<string[]> => {
  const first = repeatableId();
  await Promise.resolve();
  return [first, repeatableId()];
};

describe('repeatable ids', () => {
  it('are the same for the same seed, in order, also across waiting', async () => {
    const [once, again] = await Promise.all([repeatably('a', draw), repeatably('a', draw)]);
    expect(again).toEqual(once);
    expect(new Set(once).size).toBe(2);
  });

  it('differ between seeds', async () => {
    expect(await repeatably('a', draw)).not.toEqual(await repeatably('b', draw));
  });

  it('are random elsewhere', () => {
    expect(repeatableId()).not.toBe(repeatableId());
  });

  it('have the form of a random UUID', async () => {
    for (let seed = 0; seed < 50; seed++) {
      for (const id of await repeatably(String(seed), draw)) expect(id).toMatch(UUID_4);
    }
  });
});
