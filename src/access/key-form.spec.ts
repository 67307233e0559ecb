import { SCOPES } from '../contracts/caller';
import { KEY_TIERS, checkOwnValue, newKeyValue, scopesFor, shownPart } from './key-form';

describe('the form of keys', () => {
  it.each(KEY_TIERS)('tells the tier: octollm_%s_', (tier) => {
    const value = newKeyValue(tier);
    expect(value).toMatch(new RegExp(`^octollm_${tier}_[A-Za-z0-9]{40}$`));
    expect(newKeyValue(tier)).not.toBe(value);
    expect(() => checkOwnValue(value, tier)).not.toThrow();
  });

  it('shows just enough to recognise a key by, within 20 characters', () => {
    expect(shownPart(`octollm_admin_${'x'.repeat(40)}`, 'admin')).toBe('octollm_admin_xxxx');
    expect(shownPart('sk-our-own-key-0123456789', 'live')).toBe('sk-our');
  });

  it('gives a key everything but administration and approvals, and an admin key all', () => {
    expect(scopesFor('live', undefined)).toEqual(
      SCOPES.filter((scope) => scope !== 'admin' && scope !== 'task:approve'),
    );
    expect(scopesFor('live', ['task:approve'])).toEqual(['task:approve']);
    expect(scopesFor('test', ['task:read', 'task:read'])).toEqual(['task:read']);
    expect(scopesFor('admin', undefined)).toEqual(['admin']);
  });
});
