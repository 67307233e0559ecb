import fc from 'fast-check';
import { assignment } from '../../../test/support/scripted-model';
import type { Intent } from '../../contracts/intent';
import { capabilitiesOf, goalKind } from './goal-kind';
import { ruleBasedIntent } from './rule-based-intent';
import { ruleBasedPlan } from './rule-based-plan';
import { validatePlan } from './validate-plan';

const intentOf = (goal: string): Intent => ruleBasedIntent(assignment({ task: { goal } }).task);
const arms = (goal: string): string[] => ruleBasedPlan(intentOf(goal)).steps.map(({ requiredArm }) => requiredArm);

describe('goalKind', () => {
  it.each([
    ['Write a function that searches documents', 'code'],
    ['Find documents about how to run the validator', 'search'],
    ['Run the backup and validate it', 'execution'],
    ['Validate this text for sensitive content', 'validation'],
    ['Are there secrets or personal data in my notes?', 'safety'],
    ['Our move to the new office', 'planning'],
    ['What is a Python class?', 'search'],
    ['Explain the algorithm behind sorting', 'search'],
  ])('%s → %s', (goal, kind) => {
    expect(goalKind(goal)).toBe(kind);
  });
});

describe('ruleBasedPlan', () => {
  it('is valid for any goal', () => {
    const words = fc.constantFrom(
      'write',
      'function',
      'search',
      'run',
      'validate',
      'secrets',
      'plan',
      'documents',
      'x',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (goal) => {
        expect(validatePlan(ruleBasedPlan(intentOf(goal.join(' '))).steps)).toEqual([]);
      }),
    );
  });

  it('writes code, runs its tests, then judges', () => {
    expect(arms('Write a Python function to add numbers')).toEqual(['coder', 'executor', 'judge']);
  });

  it('looks documents up first only where the goal points at some', () => {
    expect(arms('Write a function according to our API documentation')).toEqual([
      'retriever',
      'coder',
      'executor',
      'judge',
    ]);
  });

  it('answers questions from documents', () => {
    expect(arms('What is our holiday policy?')).toEqual(['retriever', 'safety-guardian', 'judge']);
  });

  it('runs what the goal writes down, one after the other', () => {
    const one = ruleBasedPlan(intentOf('Run this program: ```python\nprint(1)\n```'));
    expect(one.steps.map(({ requiredArm, execution }) => [requiredArm, execution?.command])).toEqual([
      ['executor', 'print(1)'],
      ['safety-guardian', undefined],
      ['judge', undefined],
    ]);
    const two = ruleBasedPlan(intentOf('Run `touch a`, then `ls`'));
    expect(two.steps.map(({ dependsOn, execution }) => [dependsOn, execution])).toEqual([
      [[], { actionType: 'shell', command: 'touch a' }],
      [[1], { actionType: 'shell', command: 'ls' }],
      [[2], undefined],
    ]);
    for (const count of [1, 2, 6, 7]) {
      const goal = `Run ${Array.from({ length: count }, (_, at) => `\`echo ${at}\``).join(', ')}`;
      const { steps } = ruleBasedPlan(intentOf(goal));
      expect(validatePlan(steps)).toEqual([]);
      expect(steps.filter(({ execution }) => execution !== undefined)).toHaveLength(count > 6 ? 0 : count);
    }
  });

  it('follows the capabilities of the intent before the words of the goal', () => {
    const intent: Intent = { ...intentOf('Fizz buzz, please'), requiredCapabilities: capabilitiesOf('code') };
    expect(ruleBasedPlan(intent).steps[0]?.requiredArm).toBe('coder');
    expect(ruleBasedPlan(intent).source).toBe('rules');
  });
});
