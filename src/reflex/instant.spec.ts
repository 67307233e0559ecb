import { INSTANT_REPLIES, instantReply } from './instant';
import { ROUTING_HINTS, routingHints } from './routing-hints';

describe('instantReply', () => {
  it.each(INSTANT_REPLIES.flatMap(({ id, positives }) => positives.map((text): [string, string] => [text, id])))(
    'answers %j as a %s',
    (text, id) => {
      expect(instantReply(text)).toMatchObject({ pattern: id, template: `${id}_reply`, text: expect.any(String) });
      expect(instantReply(`  ${text.toUpperCase()}\n`)?.pattern).toBe(id);
    },
  );

  it.each(INSTANT_REPLIES.flatMap(({ negatives }) => negatives))('leaves %j to the arms', (text) => {
    expect(instantReply(text)).toBeUndefined();
  });

  it('reads no long text', () => {
    expect(instantReply(`hello${'!'.repeat(100)}`)).toBeUndefined();
  });
});

describe('routingHints', () => {
  it.each(ROUTING_HINTS.flatMap(({ arm, positives }) => positives.map((text): [string, string] => [text, arm])))(
    'takes %j for work of the %s',
    (text, arm) => expect(routingHints(text)).toContain(arm),
  );
  it.each(ROUTING_HINTS.flatMap(({ arm, negatives }) => negatives.map((text): [string, string] => [text, arm])))(
    'does not take %j for work of the %s',
    (text, arm) => expect(routingHints(text)).not.toContain(arm),
  );
});
