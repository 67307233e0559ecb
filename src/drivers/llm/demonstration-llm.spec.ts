import { execFileSync } from 'node:child_process';
import { DemonstrationLlm } from './demonstration-llm';
import { SAMPLES, findSample } from './demonstration/samples';
import type { ChatRequest } from './llm.port';

const llm = new DemonstrationLlm();
const request = (purpose: string, data: object, signal?: AbortSignal): ChatRequest => ({
  tier: 'balanced',
  purpose,
  messages: [
    { role: 'system', content: 'Instructions.' },
    { role: 'user', content: JSON.stringify(data) },
  ],
  maxTokens: 100,
  ...(signal && { signal }),
});
const ask = async (purpose: string, data: object) =>
  JSON.parse((await llm.chat(request(purpose, data))).text) as Record<string, unknown> & {
    steps: { requiredArm: string }[];
  };

/** Runs every `test_*` function; the exit code tells whether all passed. */
const RUNNERS = {
  python: (source: string) =>
    execFileSync('python3', ['-'], {
      input: `${source}\n\nfor _name, _test in list(globals().items()):\n    if _name.startswith("test_"):\n        _test()\n`,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, PYTHONIOENCODING: 'utf-8', PYTHONUTF8: '1' },
    }),
  javascript: (source: string) => {
    const calls = [...source.matchAll(/^function (test_\w+)/gm)].map(([, name]) => `${name}();`).join('\n');
    return execFileSync(process.execPath, ['-'], { input: `${source}\n${calls}`, stdio: ['pipe', 'pipe', 'pipe'] });
  },
};

/** One small fault per solution that its tests have to notice. */
const FAULTS: Record<string, Record<keyof typeof RUNNERS, [string, string][]>> = {
  'Fibonacci numbers': {
    python: [
      ['current, following = 0, 1', 'current, following = 1, 1'],
      ['current + following', 'current + following + 1'],
      ['value < 0', 'value < -1'],
      ['isinstance(value, bool) or ', ''],
    ],
    javascript: [
      ['position < n', 'position <= n'],
      ['value < 0', 'value < -1'],
      ['numbers.length < count', 'numbers.length <= count'],
    ],
  },
  'e-mail address validation': {
    python: [
      ['.fullmatch(local)', '.match(local)'],
      ['len(local) > 64', 'len(local) > 65'],
      ['len(address) > 254 or ', ''],
      ['not labels or ', ''],
      ['{2,63}', '{1,63}'],
    ],
    javascript: [
      [' || more.length > 0', ''],
      ['local.length > 64', 'local.length > 99'],
      ['labels.length > 0 && ', ''],
      ['address.length > 254 || ', ''],
    ],
  },
  factorial: {
    python: [
      ['n + 1', 'n'],
      ['n < 0', 'n < -1'],
      ['product = 1', 'product = 2'],
    ],
    javascript: [
      ['factor <= BigInt(n)', 'factor < BigInt(n)'],
      ['n < 0', 'n < -1'],
    ],
  },
  'prime check': {
    python: [
      ['divisor * divisor <= n', 'divisor * divisor < n'],
      ['n >= 2', 'n >= 1'],
      ['(divisor + 2)', '(divisor + 4)'],
    ],
    javascript: [
      ['divisor * divisor <= n', 'divisor * divisor < n'],
      ['n >= 2', 'n >= 1'],
    ],
  },
  'reversing a string': {
    python: [['[::-1]', '[:0:-1]']],
    javascript: [['[...text].reverse()', "text.split('').reverse()"]],
  },
  'sorting a list': {
    python: [
      ['right[j] < left[i]', 'right[j] <= left[i]'],
      ['right[j] < left[i]', 'right[j] > left[i]'],
      [' + right[j:]', ''],
      ['merged + runs[2 * len(merged):]', 'merged'],
    ],
    javascript: [
      ['right[j] < left[i]', 'right[j] > left[i]'],
      [', ...right.slice(j)', ''],
    ],
  },
};

describe.each(SAMPLES.map((sample) => [sample.name, sample] as const))('sample: %s', (name, { solutions }) => {
  describe.each(['python', 'javascript'] as const)('%s', (language) => {
    const { code, tests } = solutions[language];

    it('passes at least five tests of its own', () => {
      expect(tests.match(/^(?:def|function) test_/gm)?.length).toBeGreaterThanOrEqual(5);
      expect(() => RUNNERS[language](`${code}\n\n${tests}`)).not.toThrow();
    });

    it.each(FAULTS[name]![language])('notices %j turned into %j', (right, wrong) => {
      expect(code).toContain(right);
      expect(() => RUNNERS[language](`${code.replaceAll(right, wrong)}\n\n${tests}`)).toThrow();
    });
  });
});

describe('findSample', () => {
  it.each([
    ['Write a Python function to calculate fibonacci numbers', 'Fibonacci numbers'],
    ['Please create a function that returns the nth Fibonacci number', 'Fibonacci numbers'],
    ['fibonacci in JavaScript', 'Fibonacci numbers'],
    ['Create a Python function to validate email addresses', 'e-mail address validation'],
    [
      'Write a function which checks if a string is a valid e-mail address, with unit tests',
      'e-mail address validation',
    ],
    ['Create a function for factorial', 'factorial'],
    ['Implement a method computing the factorial of a number', 'factorial'],
    ['Create a function for prime check', 'prime check'],
    ['Write a Python function that checks whether a number is prime', 'prime check'],
    ['Write a Python function to reverse a string', 'reversing a string'],
    ['Write a function to sort a list', 'sorting a list'],
    ['Write a function to sort an array of numbers in ascending order', 'sorting a list'],
  ])('%s', (goal, name) => {
    expect(findSample(goal)?.name).toBe(name);
  });

  it.each([
    'Write a Python function to calculate fibonacci numbers and plot them',
    'Write a recursive fibonacci function',
    'Validate email addresses against our database',
    'Write a function to sort a list of users by age',
    'Sort a list in descending order',
    'Reverse a linked list',
    'Write a function to list prime numbers',
    'Write a web server',
    '',
  ])('does not know: %s', (goal) => {
    expect(findSample(goal)).toBeUndefined();
  });
});

describe('DemonstrationLlm', () => {
  const goal = 'Write a Python function to calculate fibonacci numbers';

  it('understands, plans and writes a sample, always in the same way and for nothing', async () => {
    expect(await ask('intent', { goal })).toMatchObject({ language: 'python', complexity: 'simple' });
    const { steps } = await ask('plan', { goal });
    expect(steps.map(({ requiredArm }) => requiredArm)).toEqual(['coder', 'executor', 'judge']);
    expect(await ask('code', { goal, language: 'python' })).toMatchObject({
      language: 'python',
      code: expect.stringContaining('def fibonacci'),
    });
    const reply = await llm.chat(request('code', { goal }));
    expect(await llm.chat(request('code', { goal }))).toEqual(reply);
    expect(reply).toMatchObject({ model: 'demonstration', promptTokens: 0, completionTokens: 0, costUsd: 0 });
    expect(llm.quote()).toMatchObject({ maxTokens: 0, maxCostUsd: 0 });
  });

  it('writes in the language that was asked for', async () => {
    expect(await ask('code', { goal, language: 'javascript' })).toMatchObject({ language: 'javascript' });
    expect(await ask('intent', { goal: 'fibonacci in JavaScript' })).toMatchObject({ language: 'javascript' });
  });

  it('plans a search for what documents may answer', async () => {
    const question = { goal: 'What is our holiday policy?' };
    expect(await ask('intent', question)).toMatchObject({
      requiredCapabilities: ['keyword_search', 'result_synthesis'],
    });
    expect((await ask('plan', question)).steps[0]).toMatchObject({ requiredArm: 'retriever' });
  });

  it.each([
    ['intent', { goal: 'Write a function that renders Mandelbrot sets' }],
    ['plan', { goal: 'Write a function that renders Mandelbrot sets' }],
    ['code', { goal: 'Write a function that renders Mandelbrot sets' }],
    ['code', { goal, language: 'rust' }],
    ['answer', { goal: 'What is our holiday policy?' }],
    ['criteria', { goal }],
    ['code', { no: 'goal' }],
  ])('refuses %s of %j and says what to set', async (purpose, data) => {
    await expect(ask(purpose, data)).rejects.toMatchObject({
      kind: 'user',
      code: 'demonstration_limit',
      message: expect.stringMatching(/OPENAI_API_KEY.*OPENAI_BASE_URL.*ANTHROPIC_API_KEY.*Ollama/),
    });
  });

  it('streams what it replies', async () => {
    const stream = llm.stream(request('code', { goal }));
    let text = '';
    let part = await stream.next();
    for (; !part.done; part = await stream.next()) text += part.value;
    expect(text).toBe(part.value.text);
    expect(JSON.parse(text)).toHaveProperty('code');
  });

  it('stops when told to', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(llm.chat(request('code', { goal }, signal))).rejects.toThrow('cancelled');
    await expect(llm.embed(['a'], signal)).rejects.toThrow('cancelled');
  });
});

describe('embeddings', () => {
  const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

  it('are 384 numbers of unit length for any text, and the same each time', async () => {
    const texts = ['a', 'The quick brown fox', 'ÄÖÜ 漢字 😀', '', '?!', 'word '.repeat(5000)];
    const vectors = await llm.embed(texts);
    for (const vector of vectors) {
      expect(vector).toHaveLength(384);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    }
    expect(await llm.embed(texts)).toEqual(vectors);
  });

  it('put related texts nearer than unrelated ones', async () => {
    const [query, related, inflected, other] = await llm.embed([
      'booking a meeting room',
      'How to book a room for meetings',
      'booked meeting rooms',
      'Invoices are paid within thirty days',
    ]);
    expect(cosine(query!, related!)).toBeGreaterThan(cosine(query!, other!) + 0.1);
    expect(cosine(query!, inflected!)).toBeGreaterThan(cosine(query!, other!) + 0.1);
  });
});
