import fc from 'fast-check';
import type { PlanStep, PlannedExecution } from '../../contracts/plan';
import { checkGraph, type Edge } from './check-graph';
import { PLANNABLE_ARMS, type PlanProblem, canonicalArm, validatePlan } from './validate-plan';

/** Valid plans of 3 to 7 steps: any earlier dependencies, and a judge that sees every loose end. */
const validPlan: fc.Arbitrary<PlanStep[]> = fc
  .integer({ min: 3, max: 7 })
  .chain((count) =>
    fc.tuple(
      ...Array.from({ length: count }, (_, index) =>
        fc.record({
          arm: fc.constantFrom(...PLANNABLE_ARMS, 'guardian', 'safety_guardian'),
          criteria: fc.integer({ min: 2, max: 3 }),
          dependsOn: fc.subarray(Array.from({ length: index }, (_unused, before) => before + 1)),
        }),
      ),
    ),
  )
  .map((drafts) => {
    const steps = drafts.map(({ arm, criteria, dependsOn }, index) => ({
      step: index + 1,
      action: `Do part ${index + 1}`,
      requiredArm: arm,
      acceptanceCriteria: Array.from({ length: criteria }, (_, number) => `Criterion ${number + 1}`),
      dependsOn: [...dependsOn],
      estimatedDurationSeconds: 5,
    }));
    const last = steps.at(-1)!;
    last.requiredArm = 'judge';
    last.dependsOn = steps.slice(0, -1).map(({ step }) => step);
    return steps;
  });

const kinds = (problems: PlanProblem[]): string[] => problems.map(({ kind }) => kind);

const at = (steps: PlanStep[], index: number): PlanStep => steps[index % steps.length]!;

const RUN: PlannedExecution = { actionType: 'shell', command: 'ls' };
const runs = (step: PlanStep, command: string, actionType: PlannedExecution['actionType'] = 'shell'): void =>
  void Object.assign(step, { requiredArm: 'executor', execution: { actionType, command } });

/** Each takes a valid plan and a random number, and breaks the plan in one way. */
const mutations: [PlanProblem['kind'], (steps: PlanStep[], random: number) => PlanStep[]][] = [
  ['step_count', (steps) => steps.slice(0, 2)],
  [
    'step_count',
    (steps) => Array.from({ length: 8 }, (_, index) => ({ ...at(steps, index), step: index + 1, dependsOn: [] })),
  ],
  ['numbering', (steps) => steps.toReversed()],
  ['numbering', (steps, random) => ((at(steps, random).step += 10), steps)],
  ['duplicate_step', (steps, random) => ((at(steps, random + 1).step = at(steps, random).step), steps)],
  ['dangling_dependency', (steps, random) => (at(steps, random).dependsOn.push(99), steps)],
  ['dangling_dependency', (steps, random) => (at(steps, random).dependsOn.push(0), steps)],
  ['self_dependency', (steps, random) => (at(steps, random).dependsOn.push(at(steps, random).step), steps)],
  ['forward_dependency', (steps, random) => (steps[random % (steps.length - 1)]!.dependsOn.push(steps.length), steps)],
  ['cycle', (steps, random) => (steps[random % (steps.length - 1)]!.dependsOn.push(steps.length), steps)],
  ['unknown_arm', (steps, random) => ((at(steps, random).requiredArm = 'oracle'), steps)],
  ['unknown_arm', (steps, random) => ((at(steps, random).requiredArm = 'planner'), steps)],
  ['criteria_count', (steps, random) => ((at(steps, random).acceptanceCriteria = ['only one']), steps)],
  ['criteria_count', (steps, random) => ((at(steps, random).acceptanceCriteria = ['1', '2', '3', '4']), steps)],
  ['criteria_count', (steps, random) => ((at(steps, random).acceptanceCriteria = ['one', ' ']), steps)],
  ['execution', (steps) => (Object.assign(steps[0]!, { requiredArm: 'coder', execution: RUN }), steps)],
  ['execution', (steps) => (Object.assign(steps.at(-1)!, { execution: RUN }), steps)],
  ['execution', (steps) => (runs(steps[0]!, ' \n'), steps)],
  ['execution', (steps) => (runs(steps[0]!, 'ls\nls'), steps)],
  ['execution', (steps) => (runs(steps[0]!, 'x'.repeat(20_001)), steps)],
  ['execution', (steps) => (runs(steps[0]!, 'x'.repeat(100_001), 'python'), steps)],
  ['empty_action', (steps, random) => ((at(steps, random).action = '  '), steps)],
  ['last_step', (steps) => ((steps.at(-1)!.requiredArm = 'coder'), steps)],
  ['unverified_step', (steps) => ((steps.at(-1)!.dependsOn = []), steps)],
];

describe('validatePlan', () => {
  it('finds nothing wrong with valid plans', () => {
    fc.assert(fc.property(validPlan, (steps) => expect(validatePlan(steps)).toEqual([])));
  });

  it.each(mutations)('says %s of a plan broken in that way', (kind, mutate) => {
    fc.assert(
      fc.property(validPlan, fc.nat(), (steps, random) => {
        expect(kinds(validatePlan(mutate(structuredClone(steps), random)))).toContain(kind);
      }),
    );
  });

  it('says only what is wrong', () => {
    fc.assert(
      fc.property(validPlan, fc.nat(), (steps, random) => {
        at(steps, random).action = '';
        expect(kinds(validatePlan(steps))).toEqual(['empty_action']);
      }),
    );
  });

  it('names the step, the fault and the remedy', () => {
    const steps = fc.sample(validPlan, { numRuns: 1, seed: 7 })[0]!;
    steps[1]!.requiredArm = 'oracle';
    expect(validatePlan(steps)[0]?.message).toMatch(/step 2 .*"oracle".*use one of .*coder/);
  });

  it('knows further arms when they are given', () => {
    const steps = fc.sample(validPlan, { numRuns: 1, seed: 7 })[0]!;
    steps[0]!.requiredArm = 'weather';
    expect(validatePlan(steps, [...PLANNABLE_ARMS, 'weather'])).toEqual([]);
  });

  it.each(['guardian', 'safety', 'Safety_Guardian', 'safety-guardian'])('takes %s for the guardian', (name) => {
    expect(canonicalArm(name)).toBe('safety-guardian');
  });

  it.each(['weather', 'constructor'])('leaves %s as it is', (name) => {
    expect(canonicalArm(name)).toBe(name);
  });
});

/** Any directed acyclic graph: edges run from smaller to larger, then the names are shuffled. */
const dag = fc
  .integer({ min: 1, max: 40 })
  .chain((size) =>
    fc.tuple(
      fc.shuffledSubarray(
        Array.from({ length: size }, (_, index) => `n${index}`),
        { minLength: size },
      ),
      fc.array(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })), { maxLength: 120 }),
    ),
  )
  .map(([nodes, pairs]) => ({
    nodes,
    edges: pairs.filter(([a, b]) => a !== b).map(([a, b]): Edge => [nodes[Math.min(a, b)]!, nodes[Math.max(a, b)]!]),
  }));

describe('checkGraph', () => {
  it('orders every node of an acyclic graph after all it needs', () => {
    fc.assert(
      fc.property(dag, ({ nodes, edges }) => {
        const { problems, order } = checkGraph(nodes.toReversed(), edges);
        expect(problems).toEqual([]);
        expect([...order].sort()).toEqual([...nodes].sort());
        for (const [before, after] of edges) expect(order.indexOf(before)).toBeLessThan(order.indexOf(after));
      }),
    );
  });

  it('finds a cycle wherever an edge back is added, and shows a real one', () => {
    fc.assert(
      fc.property(dag, fc.nat(), ({ nodes, edges }, random) => {
        fc.pre(edges.length > 0);
        const [before, after] = edges[random % edges.length]!;
        const all: Edge[] = [...edges, [after, before]];
        const { problems, order } = checkGraph(nodes, all);
        expect(problems.map(({ kind }) => kind)).toEqual(['cycle']);
        expect(order).toEqual([]);
        const cycle = problems[0]!.nodes;
        cycle.forEach((node, index) => {
          const next = cycle[(index + 1) % cycle.length]!;
          expect(all).toContainEqual([node, next]);
        });
      }),
    );
  });

  it('tells duplicate nodes, dangling edges and self edges apart', () => {
    const { problems } = checkGraph(
      ['a', 'b', 'a'],
      [
        ['a', 'x'],
        ['y', 'b'],
        ['b', 'b'],
      ],
    );
    expect(problems.map(({ kind, nodes }) => [kind, nodes])).toEqual([
      ['duplicate_node', ['a']],
      ['dangling_edge', ['a', 'x']],
      ['dangling_edge', ['y', 'b']],
      ['self_edge', ['b']],
    ]);
  });

  it('walks graphs too deep for recursion', () => {
    const nodes = Array.from({ length: 50_000 }, (_, index) => index);
    const chain = nodes.slice(1).map((node): Edge => [node - 1, node]);
    expect(checkGraph(nodes, chain).order).toEqual(nodes);
    expect(checkGraph(nodes, [...chain, [49_999, 0]]).problems[0]?.nodes).toHaveLength(50_000);
  });
});
