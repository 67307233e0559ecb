import type { CodeOperation } from '../../contracts/direct';

/** How one operation is asked for and what comes of it. */
export interface Operation {
  /** What the model is told to do, after what it is always told. */
  instructions: string;
  temperature: number;
  /** `program`: code; `tests`: tests of the code given; `prose`: a text about the code given. */
  yields: 'program' | 'tests' | 'prose';
  /** Nothing that worked may work differently afterwards. */
  keepsBehaviour?: true;
}

/** Freedom is wanted where something new is made and nowhere else. */
const TEMPERATURE = { creative: 0.2, exact: 0.1 } as const;

export const OPERATIONS: Readonly<Record<CodeOperation, Operation>> = {
  generate: {
    instructions:
      'Write the program that "goal" asks for. Use the standard library only, unless a constraint says otherwise. Check input, ' +
      'raise clear errors. If there is untrusted.existing_code, extend it and reply with the whole.\n' +
      'explanation: two sentences on how it works',
    temperature: TEMPERATURE.creative,
    yields: 'program',
  },
  debug: {
    instructions:
      'untrusted.existing_code has a fault; "goal" describes it. Find its cause and mend it. Change nothing that the fault does ' +
      'not call for, and keep every public name. At least one test must fail on existing_code for this fault.\nexplanation: the cause, where it was, and what was changed',
    temperature: TEMPERATURE.exact,
    yields: 'program',
  },
  refactor: {
    instructions:
      'Rework untrusted.existing_code as "goal" asks, without changing what it does for any caller: same public names, same ' +
      'results, same errors. Every test must pass on existing_code as well.\nexplanation: what was changed and why it reads better',
    temperature: TEMPERATURE.exact,
    yields: 'program',
    keepsBehaviour: true,
  },
  analyze: {
    instructions:
      'Analyse untrusted.existing_code in the light of "goal": structure, complexity in time and space, faults, security, and ' +
      'cases it does not handle. Name the function or line of every finding, and say which matter most. Write no code.\n' +
      'code and tests: empty\nexplanation: the analysis',
    temperature: TEMPERATURE.exact,
    yields: 'prose',
  },
  test: {
    instructions:
      'Write tests for untrusted.existing_code as "goal" asks: usual input, limits, and input it must refuse. Do not change the ' +
      'code; where a test shows a fault in it, keep the test and say so.\n' +
      'code: empty\nexplanation: what is covered, what is not, and faults that were seen',
    temperature: TEMPERATURE.exact,
    yields: 'tests',
  },
  explain: {
    instructions:
      'Explain untrusted.existing_code to a programmer who has not seen it, as "goal" asks: what it is for, how it works step by ' +
      'step, and what may surprise. Write no code.\ncode and tests: empty\nexplanation: the explanation',
    temperature: TEMPERATURE.exact,
    yields: 'prose',
  },
  optimize: {
    instructions:
      'Make untrusted.existing_code faster or leaner as "goal" asks, without changing what it does: same public names, same ' +
      'results, same errors. Every test must pass on existing_code as well.\nexplanation: the bottleneck, what was changed, and the complexity before and after',
    temperature: TEMPERATURE.exact,
    yields: 'program',
    keepsBehaviour: true,
  },
};
