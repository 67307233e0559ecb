import { ROUTING_HINTS, routingHints } from './routing-hints';

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
