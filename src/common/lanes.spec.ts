import { Lanes } from './lanes';

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
};

it('holds up the work of one owner behind his own, and nobody else', async () => {
  const lanes = new Lanes(1);
  const done: string[] = [];
  const { open, opened } = gate();
  const first = lanes.run('a', () => opened.then(() => done.push('a1')));
  const second = lanes.run('a', () => Promise.resolve(done.push('a2')));
  await lanes.run('b', () => Promise.resolve(done.push('b1')));
  expect(done).toEqual(['b1']);
  open();
  await Promise.all([first, second]);
  expect(done).toEqual(['b1', 'a1', 'a2']);
});

it('lets the next one in after a failure, and after one that gave up waiting', async () => {
  const lanes = new Lanes(1);
  const { open, opened } = gate();
  const first = lanes.run('a', () => opened.then(() => Promise.reject(new Error('failed'))));
  const impatient = new AbortController();
  const second = lanes.run('a', () => Promise.resolve(2), impatient.signal);
  const third = lanes.run('a', () => Promise.resolve(3));
  impatient.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  open();
  await expect(first).rejects.toThrow('failed');
  expect(await third).toBe(3);
});
