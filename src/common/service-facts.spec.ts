import { ServiceFacts } from './service-facts';

describe('ServiceFacts', () => {
  it('puts together what several know, and does without those that fail', async () => {
    const facts = new ServiceFacts();
    facts.provide('coder', () => ({ model: 'm' }));
    facts.provide('coder', () => Promise.resolve({ arm_id: 'coder' }));
    facts.provide('coder', () => {
      throw new Error('not now');
    });
    facts.provide('judge', () => ({ arm_id: 'judge' }));
    expect(await facts.of('coder')).toEqual({ model: 'm', arm_id: 'coder' });
    expect(await facts.of('planner')).toEqual({});
  });
});
