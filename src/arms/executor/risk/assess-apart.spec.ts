import { assessApart } from './assess-apart';
import { assessSource, assessWords } from './assess';

const never = new AbortController().signal;
/** Many programs one behind the other: each is followed. */
const INVOLVED = 'a;'.repeat(9_900);

it('says of what is long what it would say of it at once', async () => {
  const words = ['bash', '-c', `${'ls;'.repeat(1_000)}rm -rf /srv`];
  expect(await assessApart({ words }, never)).toEqual(assessWords(words));
  const source = `${'x = 1\n'.repeat(1_000)}import shutil\nshutil.rmtree('/srv')`;
  const seen = await assessApart({ runtime: 'python', source }, never);
  expect(seen).toEqual(assessSource('python', source));
  expect(seen.risk).toBe('destructive');
});

it('lets others have their turn meanwhile', async () => {
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const before = turns;
  await Promise.all(Array.from({ length: 4 }, () => assessApart({ words: ['bash', '-c', INVOLVED] }, never)));
  clearInterval(timer);
  expect(turns - before).toBeGreaterThan(3);
});

it('ends when nobody wants to know any more', async () => {
  const work = new AbortController();
  const asked = assessApart({ words: ['bash', '-c', INVOLVED] }, work.signal);
  work.abort(new Error('nobody asks'));
  await expect(asked).rejects.toThrow('nobody asks');
});
