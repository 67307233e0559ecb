import { ScriptedModel, assignment, earlier, workbench } from '../../../test/support/scripted-model';
import { TransientError, UserError } from '../../common/errors';
import { PlannerArm } from './planner.arm';
import { validatePlan } from './validate-plan';

const arm = new PlannerArm();
const intent = {
  requiredCapabilities: ['code_generation'],
  constraints: ['no recursion'],
  complexity: 'medium',
  language: 'Python',
  confidence: 1.4,
};
const step = (number: number, requiredArm: string, dependsOn: number[]) => ({
  step: number,
  action: `Do ${number}`,
  requiredArm,
  acceptanceCriteria: ['a', 'b'],
  dependsOn,
  estimatedDurationSeconds: 4.4,
});
const plan = {
  steps: [step(1, 'coder', []), step(2, 'Guardian', [1]), step(3, 'judge', [1, 2])],
  rationale: 'Because.',
  confidence: 0.8,
  complexityScore: 0.3,
};
const cyclic = { ...plan, steps: [step(1, 'coder', [2]), step(2, 'executor', [1]), step(3, 'judge', [2])] };

describe('understanding the goal', () => {
  it('adds what the model read to what the user said', async () => {
    const model = new ScriptedModel({ intent: [intent] });
    const task = { goal: 'Add numbers in Python, no recursion', constraints: ['Add unit tests'] };
    const { output } = await arm.run(assignment({ kind: 'intent', task }), workbench(model));
    expect(output).toEqual({
      goal: task.goal,
      requiredCapabilities: ['code_generation'],
      constraints: ['Add unit tests', 'no recursion'],
      complexity: 'medium',
      language: 'python',
      confidence: 1,
    });
    expect(model.asked(0)).toMatchObject({ goal: task.goal, constraints: task.constraints });
  });

  it('keeps the language the user set', async () => {
    const model = new ScriptedModel({ intent: [intent] });
    const given = assignment({ kind: 'intent', task: { language: 'rust' } });
    expect((await arm.run(given, workbench(model))).output['language']).toBe('rust');
  });

  it('falls back to rules, less sure, when the model only talks nonsense', async () => {
    const model = new ScriptedModel({ intent: ['no JSON'] });
    const { output, confidence } = await arm.run(assignment({ kind: 'intent' }), workbench(model));
    expect(output['requiredCapabilities']).toContain('code_generation');
    expect(confidence).toBeLessThan(0.7);
    expect(model.calls).toHaveLength(3);
  });

  it.each([
    new UserError('demonstration_limit', 'needs a real model'),
    new UserError('budget_exceeded', 'over budget'),
    new TransientError('model_timeout', 'too slow'),
  ])('lets $code through', async (error) => {
    const model = new ScriptedModel({ intent: [error], plan: [error] });
    await expect(arm.run(assignment({ kind: 'intent' }), workbench(model))).rejects.toBe(error);
    await expect(arm.run(assignment({ kind: 'plan' }), workbench(model))).rejects.toBe(error);
  });
});

describe('planning', () => {
  it('hands back the plan of the model with arms under their own names', async () => {
    const model = new ScriptedModel({ plan: [plan] });
    const { output, warnings } = await arm.run(assignment({ kind: 'plan', input: { intent } }), workbench(model));
    expect(output).toMatchObject({ source: 'model', rationale: 'Because.', confidence: 0.8 });
    expect(output['steps']).toMatchObject([{}, { requiredArm: 'safety-guardian', estimatedDurationSeconds: 4 }, {}]);
    expect(warnings).toEqual([]);
  });

  it('plans by the intent, wherever it comes from', async () => {
    const model = new ScriptedModel({ plan: [plan] });
    const complex = { ...intent, complexity: 'complex' };
    await arm.run(
      assignment({ kind: 'plan', earlier: [earlier('planner', complex, { kind: 'intent' })] }),
      workbench(model),
    );
    expect(model.asked(0)).toMatchObject({ complexity: 'complex', capabilities: ['code_generation'] });
    expect(model.calls[0]?.tier).toBe('strong');
  });

  it('takes over what the model writes down for the executor, and nobody else', async () => {
    const execution = { actionType: 'python', command: 'print(1)' };
    const wrong = { ...plan, steps: [{ ...step(1, 'coder', []), execution }, ...plan.steps.slice(1)] };
    const right = { ...plan, steps: [{ ...step(1, 'executor', []), execution }, ...plan.steps.slice(1)] };
    const model = new ScriptedModel({ plan: [wrong, right] });
    const { output } = await arm.run(assignment({ kind: 'plan' }), workbench(model));
    expect(model.calls).toHaveLength(2);
    expect(output['steps']).toMatchObject([{ requiredArm: 'executor', execution }, {}, {}]);
    expect(JSON.stringify(output)).not.toContain('null');
  });

  it('does not ask the demonstration model what a goal says itself', async () => {
    const model = new ScriptedModel({}, true);
    const task = { goal: 'Run `echo hi` for me' };
    const { output: understood } = await arm.run(assignment({ kind: 'intent', task }), workbench(model));
    expect(understood['requiredCapabilities']).toEqual(['code_execution']);
    const { output, warnings } = await arm.run(
      assignment({ kind: 'plan', task, input: { intent: understood } }),
      workbench(model),
    );
    expect(output['steps']).toMatchObject([{ execution: { actionType: 'shell', command: 'echo hi' } }, {}, {}]);
    expect([model.calls, warnings]).toEqual([[], []]);
  });

  it('asks again for a malformed plan', async () => {
    const model = new ScriptedModel({ plan: [cyclic, plan] });
    const { output } = await arm.run(assignment({ kind: 'plan' }), workbench(model));
    expect(output['source']).toBe('model');
    expect(model.calls).toHaveLength(2);
  });

  it('gives up after three more tries and plans by rules', async () => {
    const model = new ScriptedModel({ plan: [cyclic] });
    const { output, warnings } = await arm.run(assignment({ kind: 'plan', input: { intent } }), workbench(model));
    expect(model.calls).toHaveLength(4);
    expect(output['source']).toBe('rules');
    expect(validatePlan(output['steps'] as never)).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it('leaves room for the rest of a simple task in 5,000 tokens', async () => {
    const model = new ScriptedModel({ intent: [intent], plan: [plan] });
    await arm.run(assignment({ kind: 'intent' }), workbench(model));
    await arm.run(assignment({ kind: 'plan', input: { intent } }), workbench(model));
    // Four characters a token is the usual rule of thumb for English.
    const tokens = model.calls.map(
      ({ messages, maxTokens }) => messages.map((m) => m.content).join('').length / 4 + maxTokens,
    );
    expect(tokens[0]! + tokens[1]!).toBeLessThan(2000);
  });
});

it('integrates without asking the model', async () => {
  const code = { code: 'x = 1', language: 'python', tests: '', explanation: '' };
  const model = new ScriptedModel();
  const { output } = await arm.run(
    assignment({ kind: 'integrate', earlier: [earlier('coder', code)] }),
    workbench(model),
  );
  expect(output).toMatchObject({ output: 'x = 1', validation_passed: false });
  expect(model.calls).toEqual([]);
});
