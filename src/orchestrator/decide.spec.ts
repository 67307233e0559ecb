import fc from 'fast-check';
import type { ArmOffer } from '../contracts/arm';
import type { JsonObject } from '../contracts/json';
import type { Fault, StepStatus } from '../contracts/step';
import { isTerminal } from '../contracts/task';
import { MAX_REPAIRS, decide } from './decide';
import type { Command, NewStep, StepState, TaskState } from './state';

const offer = (id: string, ...capabilities: string[]): ArmOffer => ({
  id,
  description: id,
  capabilities,
  cost_tier: 1,
  available: true,
  successes: 0,
  failures: 0,
});
const ARMS = ['planner', 'retriever', 'coder', 'executor', 'judge', 'safety-guardian'].map((id) => offer(id));
const WEATHER = offer('weather', 'weather_forecast');
const LEGAL: Record<string, string[]> = {
  accepted: ['planning', 'cancelled', 'failed'],
  planning: ['executing', 'failed', 'cancelled'],
  executing: ['validating', 'failed', 'cancelled'],
  validating: ['executing', 'completed', 'failed', 'cancelled'],
};
const START = new Date('2026-01-01T00:00:00Z');

const plan = (shape: { arm: string; dependsOn: number[] }[]): JsonObject => ({
  steps: [
    ...shape.map(({ arm, dependsOn }, index) => ({
      step: index + 1,
      action: `do ${index + 1}`,
      requiredArm: arm,
      acceptanceCriteria: ['a', 'b'],
      dependsOn,
      estimatedDurationSeconds: 1,
    })),
    {
      step: shape.length + 1,
      action: 'verify',
      requiredArm: 'judge',
      acceptanceCriteria: ['a', 'b'],
      dependsOn: shape.map((_, index) => index + 1),
      estimatedDurationSeconds: 1,
    },
  ],
  rationale: '',
  confidence: 0.9,
  complexityScore: 0.1,
  source: 'rules',
});
const verdict = (valid: boolean): JsonObject => ({
  valid,
  confidence: 0.9,
  qualityScore: 0.9,
  criteria: valid ? [] : [{ criterion: 'has tests', state: 'failed', explanation: 'there are none' }],
  issues: [],
  layers: ['criteria'],
});
const report = (safe: boolean): JsonObject => ({ safe, riskLevel: safe ? 'none' : 'critical', issues: [] });
const RESULT: JsonObject = { output: 'x', confidence: 0.9, validation_passed: true, warnings: [] };

const taskState = (over: Partial<TaskState> = {}): TaskState => ({
  id: 't',
  status: 'accepted',
  goal: 'g',
  cancelRequested: false,
  round: 0,
  maxRetries: 2,
  deadline: null,
  steps: [],
  admitted: true,
  knownArms: ARMS,
  requiredCapabilities: [],
  now: START,
  ...over,
});

/** A database and workers in a few lines: applies commands, and lets results arrive in any order, late, twice or not at all. */
class World {
  state = taskState();
  readonly trace: string[] = ['accepted'];
  /** Attempts handed out, as the fence sees them. */
  private readonly attempts = new Map<string, number>();

  settle(): void {
    for (let pass = 0; pass < 20; pass++) {
      const commands = decide(this.state);
      if (commands.length === 0) return;
      for (const command of commands) this.apply(command);
    }
    throw new Error(`no rest: ${JSON.stringify(decide(this.state))}`);
  }

  start(step: StepState): number {
    const attempt = (this.attempts.get(step.id) ?? 0) + 1;
    this.attempts.set(step.id, attempt);
    this.patch(step.id, { status: 'running', leaseExpiresAt: new Date(this.state.now.getTime() + 15_000) });
    return attempt;
  }

  /** Stores only what the current attempt brings, as the repository does. */
  finish(stepId: string, attempt: number, outcome: { output?: JsonObject; error?: Fault }): void {
    const step = this.state.steps.find(({ id }) => id === stepId);
    if (step?.status !== 'running' || this.attempts.get(stepId) !== attempt) return;
    if (outcome.error) this.patch(stepId, { status: 'failed', error: outcome.error, failures: step.failures + 1 });
    else this.patch(stepId, { status: 'succeeded', output: outcome.output ?? {} });
  }

  hold(step: StepState): void {
    this.patch(step.id, { status: 'held', approvalDeadline: new Date(this.state.now.getTime() + 3_600_000) });
  }

  /** What a person's answer to a question before the step has run does. */
  answer(step: StepState, approved: boolean): void {
    const error: Fault = { kind: 'user', code: 'approval_rejected', message: 'refused' };
    this.patch(step.id, {
      approvalDeadline: null,
      ...(approved ? { status: 'ready' } : { status: 'failed', failures: step.failures + 1, error }),
    });
  }

  pass(ms: number): void {
    this.state = { ...this.state, now: new Date(this.state.now.getTime() + ms) };
  }

  set(over: Partial<TaskState>): void {
    this.state = { ...this.state, ...over };
  }

  private patch(id: string, over: Partial<StepState>): void {
    this.state = {
      ...this.state,
      steps: this.state.steps.map((step) => (step.id === id ? { ...step, ...over } : step)),
    };
  }

  private apply(command: Command): void {
    switch (command.type) {
      case 'enter':
        this.go(command.status);
        break;
      case 'end':
        this.go(command.status);
        break;
      case 'begin-repair':
        this.set({ round: command.round });
        break;
      case 'add-steps':
        for (const step of command.steps) this.add(step);
        break;
      case 'unblock':
        for (const id of command.stepIds) this.patch(id, { status: 'ready' });
        break;
      case 'expire': {
        const failures = this.state.steps.find(({ id }) => id === command.stepId)?.failures ?? 0;
        this.patch(command.stepId, {
          status: 'failed',
          failures: failures + 1,
          error: { kind: 'transient', code: 'worker_lost', message: 'lost' },
        });
        break;
      }
      case 'refuse':
        this.patch(command.stepId, {
          status: 'failed',
          failures: 1,
          error: { kind: 'user', code: 'approval_expired', message: 'nobody answered' },
          approvalDeadline: null,
        });
        break;
      case 'retry':
        this.patch(command.stepId, { status: 'ready' });
        break;
      case 'cancel-steps':
        for (const id of command.stepIds) this.patch(id, { status: 'cancelled' });
        break;
      case 'record-plan':
      case 'report-verdict':
        break;
    }
  }

  private go(status: TaskState['status']): void {
    if (!LEGAL[this.state.status]?.includes(status)) throw new Error(`illegal: ${this.state.status} → ${status}`);
    this.trace.push(status);
    this.set({ status });
  }

  private add(step: NewStep): void {
    if (this.state.steps.some(({ key }) => key === step.key)) throw new Error(`step ${step.key} added twice`);
    const done = this.state.steps.filter(({ status }) => status === 'succeeded').map(({ key }) => key);
    const status: StepStatus = step.dependsOn.every((key) => done.includes(key)) ? 'ready' : 'blocked';
    const position = this.state.steps.length + 1;
    this.set({
      steps: [
        ...this.state.steps,
        {
          ...step,
          id: `id-${step.key}`,
          status,
          failures: 0,
          output: null,
          error: null,
          leaseExpiresAt: null,
          approvalDeadline: null,
          position,
        },
      ],
    });
  }
}

const outputOf = (
  step: StepState,
  world: { shape: { arm: string; dependsOn: number[] }[]; valid: boolean[] },
): JsonObject => {
  switch (step.kind) {
    case 'plan':
      return plan(world.shape);
    case 'judge':
      return verdict(world.valid[Number(step.key.split('.')[1])] ?? true);
    case 'guard':
      return report(true);
    case 'integrate':
      return RESULT;
    default:
      return {};
  }
};

const run = (world: World, answer: (step: StepState) => { output?: JsonObject; error?: Fault }): void => {
  for (let i = 0; i < 100 && !isTerminal(world.state.status); i++) {
    world.settle();
    const ready = world.state.steps.filter(({ status }) => status === 'ready');
    for (const step of ready) world.finish(step.id, world.start(step), answer(step));
    world.settle();
  }
};

const SHAPE = [
  { arm: 'coder', dependsOn: [] },
  { arm: 'executor', dependsOn: [1] },
];

describe('decide', () => {
  it('takes a task from acceptance to its result through every stage, each step once', () => {
    const world = new World();
    run(world, (step) => ({ output: outputOf(step, { shape: SHAPE, valid: [true] }) }));
    expect(world.trace).toEqual(['accepted', 'planning', 'executing', 'validating', 'completed']);
    expect(world.state.steps.map(({ key }) => key)).toEqual([
      'intent',
      'plan',
      's1',
      's2',
      'judge.0',
      'guard.0',
      'integrate',
    ]);
  });

  it('holds a task back while there is no free place', () => {
    expect(decide(taskState({ admitted: false }))).toEqual([]);
  });

  it('mends what the judge found, and completes when it is mended', () => {
    const world = new World();
    run(world, (step) => ({ output: outputOf(step, { shape: SHAPE, valid: [false, true] }) }));
    expect(world.state.status).toBe('completed');
    expect(world.state.round).toBe(1);
    const repair = world.state.steps.find(({ key }) => key === 'repair.1');
    expect(repair).toMatchObject({ arm: 'coder', input: { findings: ['has tests: there are none'] } });
  });

  it('fails with the findings and the best attempt when repair does not help', () => {
    const world = new World();
    const ends: Command[] = [];
    run(world, (step) => {
      const output = outputOf(step, { shape: SHAPE, valid: [false, false, false] });
      return { output };
    });
    expect(world.state.status).toBe('failed');
    expect(world.state.round).toBe(MAX_REPAIRS);
    const beforeTheEnd = taskState({ ...world.state, status: 'validating' });
    ends.push(...decide(beforeTheEnd));
    expect(ends).toEqual([
      {
        type: 'end',
        status: 'failed',
        result: RESULT,
        error: { type: 'criteria_not_met', message: expect.stringContaining('has tests') },
      },
    ]);
  });

  it('tries a step again after a transient fault, later each time, and not after another', () => {
    const failing = (error: Fault, failures: number): TaskState =>
      taskState({
        status: 'planning',
        maxRetries: 5,
        steps: [
          {
            id: 'i',
            key: 'intent',
            kind: 'intent',
            arm: 'planner',
            status: 'failed',
            dependsOn: [],
            failures,
            output: null,
            error,
            leaseExpiresAt: null,
            approvalDeadline: null,
            position: 1,
          },
        ],
      });
    const transient: Fault = { kind: 'transient', code: 'model_unavailable', message: 'm' };
    const delays = [1, 2, 3, 4, 5].map((failures) => decide(failing(transient, failures)));
    expect(delays).toEqual(
      [1_000, 2_000, 4_000, 8_000, 10_000].map((delayMs) => [{ type: 'retry', stepId: 'i', delayMs }]),
    );
    for (const error of [
      { ...transient, kind: 'user' as const },
      { ...transient, kind: 'bug' as const },
    ]) {
      expect(decide(failing(error, 1))).toMatchObject([
        { type: 'end', status: 'failed', error: { type: 'model_unavailable' } },
      ]);
    }
    expect(decide(failing(transient, 6))).toMatchObject([{ type: 'end', status: 'failed' }]);
  });

  it('keeps what was reached when a later step fails for good', () => {
    const world = new World();
    run(world, (step) =>
      step.key === 's2'
        ? { error: { kind: 'user', code: 'budget_exceeded', message: 'used up' } }
        : { output: outputOf(step, { shape: SHAPE, valid: [true] }) },
    );
    expect(world.trace.at(-1)).toBe('failed');
    expect(world.state.steps.find(({ key }) => key === 'integrate')?.status).toBe('succeeded');
    expect(decide(taskState({ ...world.state, status: 'executing' }))).toMatchObject([
      {
        type: 'end',
        result: RESULT,
        error: { type: 'budget_exceeded', message: 'used up', details: 'step s2 (executor)' },
      },
    ]);
  });

  it('keeps what was reached when the time is up, and does not wait long for it', () => {
    const world = new World();
    run(world, (step) => {
      if (step.key === 's2') world.set({ deadline: world.state.now });
      return step.key === 's2' ? {} : { output: outputOf(step, { shape: SHAPE, valid: [true] }) };
    });
    expect(world.state.status).toBe('failed');
    expect(decide(taskState({ ...world.state, status: 'executing' }))).toMatchObject([
      { type: 'end', status: 'failed', result: RESULT, error: { type: 'timeout' } },
    ]);
    const stuck = taskState({
      ...world.state,
      status: 'executing',
      now: new Date(START.getTime() + 11_000),
      steps: world.state.steps.map((step) =>
        step.kind === 'integrate' ? { ...step, status: 'ready' as const } : step,
      ),
    });
    expect(decide(stuck)).toMatchObject([{ type: 'cancel-steps' }, { type: 'end', error: { type: 'timeout' } }]);
  });

  it('waits for a person, and lets what does not depend on him go on', () => {
    const world = new World();
    const shape = [
      { arm: 'coder', dependsOn: [] },
      { arm: 'retriever', dependsOn: [] },
    ];
    const answer = (step: StepState): { output: JsonObject } => ({ output: outputOf(step, { shape, valid: [true] }) });
    for (let i = 0; i < 3; i++) {
      world.settle();
      for (const step of world.state.steps.filter(({ status }) => status === 'ready')) {
        if (step.key === 's1') world.hold(step);
        else world.finish(step.id, world.start(step), answer(step));
      }
    }
    world.settle();
    const held = world.state.steps.find(({ key }) => key === 's1');
    expect(held?.status).toBe('held');
    expect(world.state.steps.find(({ key }) => key === 's2')?.status).toBe('succeeded');
    expect(world.state.status).toBe('executing');
    world.answer(held!, true);
    run(world, answer);
    expect(world.state.status).toBe('completed');
  });

  it.each([
    ['refused', 'approval_rejected'],
    ['left without an answer', 'approval_expired'],
  ])('fails a task whose step was %s', (what, type) => {
    const world = new World();
    world.settle();
    const [intent] = world.state.steps;
    world.hold(intent!);
    world.settle();
    expect(decide(world.state)).toEqual([]);
    if (what === 'refused') world.answer(intent!, false);
    else {
      world.pass(3_600_000);
      const [command] = decide(world.state);
      expect(command).toEqual({ type: 'refuse', stepId: intent!.id });
    }
    let end: Command | undefined;
    for (let i = 0; i < 5 && !isTerminal(world.state.status); i++) {
      end = decide(world.state).find((command) => command.type === 'end') ?? end;
      world.settle();
    }
    expect(world.state.status).toBe('failed');
    expect(world.state.steps.map(({ error }) => error?.code)).toContain(type);
    expect(world.state.steps.every(({ status }) => status === 'failed' || status === 'cancelled')).toBe(true);
    expect(end === undefined || (end.type === 'end' && end.error?.type === type)).toBe(true);
  });

  it('asks nobody whether a failed task may show what it reached', () => {
    const world = new World();
    run(world, (step) => {
      if (step.kind === 'integrate') world.hold(step);
      return step.key === 's2'
        ? { error: { kind: 'user', code: 'approval_rejected', message: 'refused' } }
        : { output: outputOf(step, { shape: SHAPE, valid: [true] }) };
    });
    const held = world.state.steps.map((step) =>
      step.kind === 'integrate' ? { ...step, status: 'held' as const } : step,
    );
    expect(decide(taskState({ ...world.state, status: 'executing', steps: held }))).toMatchObject([
      { type: 'cancel-steps' },
      { type: 'end', status: 'failed', error: { type: 'approval_rejected' } },
    ]);
  });

  it('leaves alone whoever asked for it, for as long as asked', () => {
    const error: Fault = { kind: 'transient', code: 'model_rate_limited', message: 'm', retryAfterSeconds: 30 };
    const world = new World();
    world.settle();
    const [intent] = world.state.steps;
    world.finish(intent!.id, world.start(intent!), { error });
    expect(decide(world.state)).toEqual([{ type: 'retry', stepId: intent!.id, delayMs: 30_000 }]);
  });

  it('refuses a plan that names an arm this server does not have', () => {
    const world = new World();
    run(world, (step) => ({ output: outputOf(step, { shape: [{ arm: 'weather', dependsOn: [] }], valid: [] }) }));
    expect(world.state.status).toBe('failed');
  });

  it('refuses a task that requires what no arm can do', () => {
    const world = new World();
    world.set({ requiredCapabilities: ['weather_forecast', 'time_travel'], knownArms: [...ARMS, WEATHER] });
    world.settle();
    expect(world.trace).toEqual(['accepted', 'failed']);
    expect(decide(taskState({ requiredCapabilities: ['time_travel'] })).at(-1)).toMatchObject({
      error: { type: 'no_capable_arm', message: expect.stringContaining('time_travel') as string },
    });
  });

  it('tells planning of the arms users bring, and of what only they can do', () => {
    const coder = offer('coder', 'code_generation');
    const requiredCapabilities = ['weather_forecast', 'code_generation'];
    const commands = decide(taskState({ requiredCapabilities, knownArms: [...ARMS, coder, WEATHER] }));
    const input = { arms: [WEATHER], required_capabilities: ['weather_forecast'] };
    expect(commands.at(-1)).toMatchObject({
      steps: [
        { key: 'intent', input },
        { key: 'plan', input },
      ],
    });
  });

  it('has another arm do what the planned one did, when that has left', () => {
    const world = new World();
    world.set({ requiredCapabilities: ['weather_forecast'], knownArms: [...ARMS, WEATHER] });
    world.settle();
    world.set({ knownArms: [...ARMS, offer('storms', 'weather_forecast')] });
    run(world, (step) => ({
      output: outputOf(step, { shape: [{ arm: 'weather', dependsOn: [] }], valid: [true] }),
    }));
    expect(world.state.status).toBe('completed');
    expect(world.state.steps.map(({ arm }) => arm)).toContain('storms');
  });

  it('stops at the deadline and on cancel, and leaves no step open', () => {
    for (const over of [{ cancelRequested: true }, { deadline: START }]) {
      const world = new World();
      world.settle();
      world.set(over);
      world.settle();
      expect(world.state.status).toBe('deadline' in over ? 'failed' : 'cancelled');
      expect(world.state.steps.every(({ status }) => status === 'cancelled')).toBe(true);
    }
  });

  it('reaches a legal end in any order of late, double, lost and failing results', () => {
    const event = fc.record({
      pick: fc.nat(30),
      what: fc.constantFrom(
        'succeed',
        'transient',
        'user',
        'bug',
        'lose',
        'late',
        'twice',
        'hold',
        'agree',
        'refuse',
        'cancel',
        'bell',
      ),
    });
    const shapes = fc
      .array(fc.constantFrom('coder', 'executor', 'retriever'), { minLength: 1, maxLength: 6 })
      .chain((arms) =>
        fc.tuple(
          ...arms.map((arm, index) =>
            fc.subarray([...Array(index).keys()]).map((deps) => ({ arm, dependsOn: deps.map((d) => d + 1) })),
          ),
        ),
      );
    fc.assert(
      fc.property(
        shapes,
        fc.array(fc.boolean(), { maxLength: 4 }),
        fc.array(event, { maxLength: 60 }),
        (shape, valid, history) => {
          const world = new World();
          const stale: { id: string; attempt: number }[] = [];
          world.settle();
          for (const { pick, what } of history) {
            const ready = world.state.steps.filter(({ status }) => status === 'ready');
            const step = ready[pick % Math.max(1, ready.length)];
            if (what === 'cancel' && pick === 0) world.set({ cancelRequested: true });
            if (what === 'late') for (const { id, attempt } of stale) world.finish(id, attempt, { output: {} });
            const held = world.state.steps.filter(({ status }) => status === 'held');
            const asked = held[pick % Math.max(1, held.length)];
            if (asked !== undefined && (what === 'agree' || what === 'refuse')) world.answer(asked, what === 'agree');
            if (step !== undefined && what === 'hold') world.hold(step);
            if (step !== undefined && !['cancel', 'late', 'hold', 'agree', 'refuse', 'bell'].includes(what)) {
              const attempt = world.start(step);
              const good = { output: outputOf(step, { shape, valid }) };
              if (what === 'lose') {
                stale.push({ id: step.id, attempt });
                world.pass(16_000);
              } else if (what === 'succeed' || what === 'twice') {
                world.finish(step.id, attempt, good);
                if (what === 'twice')
                  world.finish(step.id, attempt, { error: { kind: 'bug', code: 'x', message: 'x' } });
              } else {
                world.finish(step.id, attempt, { error: { kind: what as 'user', code: what, message: what } });
              }
            }
            world.settle();
          }
          // Whoever has not been answered by now will not be.
          world.pass(3_600_000);
          run(world, (step) => ({ output: outputOf(step, { shape, valid }) }));
          expect(isTerminal(world.state.status)).toBe(true);
          expect(
            world.state.steps.filter(({ status }) => ['blocked', 'ready', 'running', 'held'].includes(status)),
          ).toEqual([]);
          expect(decide(world.state)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
