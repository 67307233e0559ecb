import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSWASMModule,
  Scope,
  newQuickJSWASMModuleFromVariant,
  newVariant,
} from 'quickjs-emscripten-core';
import { Output } from './output';
import type { ScriptAnswer, ScriptRequest } from './script-request';

const OUT_OF_MEMORY = 'out of memory';
/** Deeper JSON would have to be read by code that calls itself for every level. */
const DEEPEST = 500;
const LONGEST_ERROR = 1_000;

/** Node has it; its types are the browser's, which this project does without. */
declare const WebAssembly: {
  Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
};

/** WebAssembly counts memory in pages of 64 KB. What the interpreter asks for at first is not the program's. */
const PAGES_PER_MB = 16;
const FIRST_PAGES = 256;

/** What the interpreter has to say about its own end is not for this server's log: a program can have it say it at will. */
const SILENT: object = { printErr: () => undefined };

/** The interpreter in a memory that cannot grow beyond its limit. Its own limit does not see what its objects hold. */
class Machine {
  readonly quickjs: Promise<QuickJSWASMModule>;
  private readonly memory: InstanceType<typeof WebAssembly.Memory>;
  private readonly maximum: number;

  constructor(readonly memoryMb: number) {
    this.maximum = FIRST_PAGES + Math.ceil(memoryMb * PAGES_PER_MB);
    this.memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: this.maximum });
    this.quickjs = newQuickJSWASMModuleFromVariant(
      newVariant(variant, { wasmMemory: this.memory, emscriptenModule: SILENT }),
    );
  }

  /** Once full, it may be left in any state, and it never gives memory back. */
  get isFull(): boolean {
    return this.memory.buffer.byteLength >= 0.9 * this.maximum * 64 * 1024;
  }
}

let machine: Machine | undefined;

/** Runs one program in a runtime of its own. */
export default async (request: ScriptRequest): Promise<ScriptAnswer> => {
  if (machine?.memoryMb !== request.memoryMb) machine = new Machine(request.memoryMb);
  const used = machine;
  const quickjs = await used.quickjs;
  let answer: ScriptAnswer = { error: 'the interpreter gave up', limit: 'memory', logs: '', truncated: false };
  let isSound = false;
  try {
    Scope.withScope((scope) => void (answer = runWithin(scope, quickjs, request)));
    isSound = !used.isFull;
  } catch {
    // For want of memory or of stack, or because it could not tidy up behind a program that was ended in the middle.
  }
  if (isSound) return answer;
  machine = undefined;
  return used.isFull && answer.error !== undefined ? { ...answer, limit: answer.limit ?? 'memory' } : answer;
};

const runWithin = (scope: Scope, quickjs: QuickJSWASMModule, request: ScriptRequest): ScriptAnswer => {
  const { wallMs, stackBytes, outputBytes } = request;
  const output = new Output(outputBytes);
  const deadline = performance.now() + wallMs;
  const runtime = scope.manage(quickjs.newRuntime());
  const isLate = (): boolean => performance.now() > deadline;
  runtime.setMaxStackSize(stackBytes);
  runtime.setInterruptHandler(() => isLate() || output.isFlood);
  const context = scope.manage(runtime.newContext());
  const end = (answer: Pick<ScriptAnswer, 'value' | 'error' | 'limit'>): ScriptAnswer => ({
    ...answer,
    logs: output.text,
    truncated: output.truncated,
  });
  const failed = (error: string): ScriptAnswer => {
    if (output.isFlood) return end({ error: 'it logged too much', limit: 'output' });
    if (isLate()) return end({ error: 'it ran out of time', limit: 'wall' });
    return end({ error: brief(error), ...(error.includes(OUT_OF_MEMORY) && { limit: 'memory' as const }) });
  };
  let value: string;
  try {
    value = new Run(scope, context, output).evaluate(request.source, request.input);
  } catch (error) {
    if (error instanceof Thrown) return failed(error.message);
    throw error;
  }
  if (Buffer.byteLength(value) > outputBytes) return end({ error: 'its answer is too large', limit: 'output' });
  if (depthOf(value) > DEEPEST) return end({ error: `its answer is nested more than ${DEEPEST} levels deep` });
  return end({ value });
};

/** The program threw, or could not go on. */
class Thrown extends Error {}

/** One evaluation. What it needs of the interpreter is taken before the program can change anything. */
class Run {
  private readonly parse: QuickJSHandle;
  private readonly stringify: QuickJSHandle;

  constructor(
    private readonly scope: Scope,
    private readonly context: QuickJSContext,
    output: Output,
  ) {
    const json = scope.manage(context.getProp(context.global, 'JSON'));
    this.parse = scope.manage(context.getProp(json, 'parse'));
    this.stringify = scope.manage(context.getProp(json, 'stringify'));
    const log = scope.manage(context.newFunction('log', (line) => output.write(`${context.getString(line)}\n`)));
    this.value(context.callFunction(this.value(context.evalCode(CONSOLE)), context.undefined, log));
  }

  /** The answer as JSON. Errors: `Thrown`. */
  evaluate(source: string, input: string): string {
    const { context } = this;
    // A text that closes the function and goes on behind it is a program in one wrapping, but not in both.
    this.value(context.evalCode(`(async function (input) {{${source}\n}})`, 'program', { compileOnly: true }));
    const program = this.value(context.evalCode(`(async function (input) {${source}\n})`, 'program'));
    const given = this.value(
      context.callFunction(this.parse, context.undefined, this.scope.manage(context.newString(input))),
    );
    const promise = this.value(context.callFunction(program, context.undefined, given));
    const answer = this.settled(promise);
    const json = this.value(context.callFunction(this.stringify, context.undefined, answer));
    if (context.typeof(json) === 'string') return context.getString(json);
    if (context.typeof(answer) === 'undefined') return 'null';
    throw new Thrown(`it returned a ${context.typeof(answer)}, which JSON cannot express`);
  }

  private settled(promise: QuickJSHandle): QuickJSHandle {
    const jobs = this.context.runtime.executePendingJobs();
    if (jobs.error) throw new Thrown(this.describe(this.scope.manage(jobs.error)));
    const state = this.context.getPromiseState(promise);
    if (state.type === 'fulfilled') return this.scope.manage(state.value);
    if (state.type === 'rejected') throw new Thrown(this.describe(this.scope.manage(state.error)));
    throw new Thrown('it waits for what never comes: there are no timers and no input or output here');
  }

  private value(result: { value: QuickJSHandle; error?: undefined } | { error: QuickJSHandle }): QuickJSHandle {
    if (result.error !== undefined) throw new Thrown(this.describe(this.scope.manage(result.error)));
    return this.scope.manage(result.value);
  }

  /** What was thrown, in words. It may be set with traps: they are within the program's own limits. */
  private describe(thrown: QuickJSHandle): string {
    const { context } = this;
    if (context.typeof(thrown) !== 'object') return context.getString(thrown);
    const described = context.callFunction(this.value(context.evalCode(DESCRIBE)), context.undefined, thrown);
    if (described.error === undefined) return context.getString(this.scope.manage(described.value));
    this.scope.manage(described.error);
    return 'it threw what cannot be told';
  }
}

/** Runs before the program: what it prints goes through functions of its own interpreter. */
const CONSOLE = `(log) => {
  const { stringify } = JSON;
  const text = (value) => {
    if (typeof value === 'string') return value;
    try { return stringify(value) ?? String(value); } catch { return String(value); }
  };
  const write = (...values) => { log(values.map(text).join(' ')); };
  Object.defineProperty(globalThis, 'console', {
    value: Object.freeze({ log: write, info: write, debug: write, warn: write, error: write }),
    writable: true, configurable: true,
  });
}`;

const DESCRIBE = `(thrown) => {
  const { name, message } = thrown;
  return typeof message === 'string' ? (typeof name === 'string' ? name + ': ' : '') + message : String(thrown);
}`;

const brief = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ERROR);

/** Deepest nesting of arrays and objects in JSON. */
const depthOf = (json: string): number => {
  let depth = 0;
  let deepest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, (depth += 1));
    else if (token === ']' || token === '}') depth -= 1;
  }
  return deepest;
};
