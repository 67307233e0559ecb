import { INSTANT_REPLIES, InstantReplies } from './instant-replies.service';

describe('InstantReplies', () => {
  let replies: InstantReplies;
  beforeEach(() => (replies = new InstantReplies()));

  const pairs = (of: 'positives' | 'negatives'): [string, string][] =>
    INSTANT_REPLIES.flatMap((reply) => reply[of].map((text): [string, string] => [text, reply.id]));

  it.each(pairs('positives'))('answers %j as %s', (text, id) => {
    expect(replies.find(text)).toMatchObject({ pattern: id, template: `${id}_reply`, text: expect.any(String) });
    expect(replies.find(`  ${text.replaceAll(' ', '  ').toLowerCase()}\n`)?.pattern).toBe(id);
    expect(replies.find(text.normalize('NFD').toUpperCase())?.pattern).toBe(id);
  });

  it.each(pairs('negatives'))('leaves %j to the arms', (text) => {
    expect(replies.find(text)).toBeUndefined();
  });

  it('has each reply once, with texts that it answers and texts that it does not', () => {
    const ids = INSTANT_REPLIES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(INSTANT_REPLIES.filter(({ positives, negatives }) => positives.length * negatives.length === 0)).toEqual([]);
  });

  it('reads no long text', () => {
    expect(replies.find(`hello${'!'.repeat(55)}`)?.pattern).toBe('greeting');
    expect(replies.find(`hello${'!'.repeat(56)}`)).toBeUndefined();
  });

  it("puts the operator's own replies first, and forgets those of before", () => {
    replies.use([
      { id: 'canteen', pattern: (text) => text === 'what is for lunch?', reply: 'Soup.' },
      { id: 'house_greeting', pattern: (text) => /^hello$/i.test(text), reply: 'Welcome to ACME.' },
    ]);
    expect(replies.find(' what  is for lunch? ')).toEqual({
      pattern: 'canteen',
      template: 'canteen_reply',
      text: 'Soup.',
    });
    expect(replies.find('Hello')?.text).toBe('Welcome to ACME.');
    expect(replies.find('thanks')?.pattern).toBe('thanks');
    replies.use([]);
    expect(replies.find('what is for lunch?')).toBeUndefined();
    expect(replies.find('Hello')?.pattern).toBe('greeting');
  });
});
