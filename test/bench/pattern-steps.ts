/**
 * Counts what a backtracking engine does for a pattern, which no engine tells: a small one of our own runs the pattern and
 * counts its steps. It tries what the language says a pattern tries, in that order, with none of the short cuts of V8; where
 * it takes linear time, V8 does too.
 */
type Node =
  | { type: 'unit'; source: string }
  | { type: 'edge'; source: string }
  | { type: 'reference'; group: number }
  | { type: 'group'; group: number; body: Node }
  | { type: 'look'; isBehind: boolean; isNegative: boolean; body: Node }
  | { type: 'sequence'; parts: Node[] }
  | { type: 'choice'; parts: Node[] }
  | Repeat;

interface Repeat {
  type: 'repeat';
  min: number;
  max: number;
  isLazy: boolean;
  body: Node;
}

/** Reads a pattern without judging it: `RegExp` has already accepted it. */
class Reader {
  private at = 0;
  private groups = 0;
  private readonly names = new Map<string, number>();

  constructor(private readonly source: string) {}

  choice(): Node {
    const parts = [this.sequence()];
    while (this.source[this.at] === '|') {
      this.at++;
      parts.push(this.sequence());
    }
    return parts.length === 1 ? parts[0]! : { type: 'choice', parts };
  }

  private sequence(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!))
      parts.push(this.repeated(this.atom()));
    return { type: 'sequence', parts };
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = this.at;
    const hit = sticky.exec(this.source);
    if (hit) this.at = sticky.lastIndex;
    return hit;
  }

  private repeated(body: Node): Node {
    const hit = this.take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/);
    if (!hit) return body;
    const [, sign, least = '0', comma, most, lazy] = hit;
    const min = sign === undefined ? Number(least) : sign === '+' ? 1 : 0;
    const max =
      sign === undefined ? (comma === '' ? min : most === '' ? Infinity : Number(most)) : sign === '?' ? 1 : Infinity;
    return { type: 'repeat', min, max, isLazy: lazy === '?', body };
  }

  private atom(): Node {
    const look = this.take(/\(\?(<?)([=!])/);
    if (look) return { type: 'look', isBehind: look[1] === '<', isNegative: look[2] === '!', body: this.closed() };
    if (this.take(/\(\?:/)) return this.closed();
    const group = this.take(/\((?:\?<(\w+)>)?/);
    if (group) {
      const number = ++this.groups;
      if (group[1] !== undefined) this.names.set(group[1], number);
      return { type: 'group', group: number, body: this.closed() };
    }
    const edge = this.take(/[$^]|\\[bB]/);
    if (edge) return { type: 'edge', source: edge[0] };
    const reference = this.take(/\\([1-9])|\\k<(\w+)>/);
    if (reference) return { type: 'reference', group: Number(reference[1] ?? this.names.get(reference[2] ?? '')) };
    const unit = this.take(/\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u.{4}|\\x..|\\[^]|\[(?:\\[^]|[^\]\\])*\]|[^]/u);
    return { type: 'unit', source: unit?.[0] ?? '' };
  }

  private closed(): Node {
    const body = this.choice();
    this.at++;
    return body;
  }
}

type Step =
  | { do: 'unit'; fits: (code: number) => boolean; back: boolean }
  | { do: 'edge'; pattern: RegExp }
  | { do: 'split'; first: number; second: number }
  | { do: 'jump'; to: number }
  | { do: 'save'; slot: number }
  | { do: 'moved'; slot: number }
  | { do: 'reference'; group: number; back: boolean }
  | { do: 'look'; isNegative: boolean; program: Step[] }
  | { do: 'done' };

/** Slots from here on belong to loops, those below to groups. */
const LOOP_SLOTS = 100;

class Compiler {
  private slots = LOOP_SLOTS;
  private readonly flags: string;
  private readonly tests = new Map<string, (code: number) => boolean>();

  constructor(flags: string) {
    this.flags = flags.replace(/[dgy]/g, '');
  }

  program(node: Node, back: boolean): Step[] {
    const steps: Step[] = [];
    this.emit(node, back, steps);
    steps.push({ do: 'done' });
    return steps;
  }

  /** One unit of text against a class or a character; every answer is remembered. */
  private test(source: string): (code: number) => boolean {
    const before = this.tests.get(source);
    if (before) return before;
    const pattern = new RegExp(`^(?:${source})$`, this.flags);
    const ascii = Array.from({ length: 0x80 }, (_, code) => pattern.test(String.fromCharCode(code)));
    const others = new Map<number, boolean>();
    const test = (code: number): boolean => {
      const answer = code < 0x80 ? ascii[code] : others.get(code);
      if (answer !== undefined) return answer;
      const fits = pattern.test(String.fromCodePoint(code));
      others.set(code, fits);
      return fits;
    };
    this.tests.set(source, test);
    return test;
  }

  private emit(node: Node, back: boolean, steps: Step[]): void {
    if (node.type === 'unit') steps.push({ do: 'unit', fits: this.test(node.source), back });
    else if (node.type === 'edge') steps.push({ do: 'edge', pattern: new RegExp(node.source, `y${this.flags}`) });
    else if (node.type === 'reference') steps.push({ do: 'reference', group: node.group, back });
    else if (node.type === 'look')
      steps.push({ do: 'look', isNegative: node.isNegative, program: this.program(node.body, node.isBehind) });
    else if (node.type === 'group') {
      steps.push({ do: 'save', slot: node.group * 2 + (back ? 1 : 0) });
      this.emit(node.body, back, steps);
      steps.push({ do: 'save', slot: node.group * 2 + (back ? 0 : 1) });
    } else if (node.type === 'sequence')
      for (const part of back ? node.parts.toReversed() : node.parts) this.emit(part, back, steps);
    else if (node.type === 'choice') this.choice(node.parts, back, steps);
    else this.repeat(node, back, steps);
  }

  private choice(parts: Node[], back: boolean, steps: Step[]): void {
    const ends: { do: 'jump'; to: number }[] = [];
    parts.forEach((part, i) => {
      if (i === parts.length - 1) {
        this.emit(part, back, steps);
        return;
      }
      const split = { do: 'split' as const, first: steps.length + 1, second: 0 };
      const end = { do: 'jump' as const, to: 0 };
      steps.push(split);
      this.emit(part, back, steps);
      steps.push(end);
      ends.push(end);
      split.second = steps.length;
    });
    for (const end of ends) end.to = steps.length;
  }

  private repeat(node: Repeat, back: boolean, steps: Step[]): void {
    const { min, max, isLazy, body } = node;
    for (let i = 0; i < min; i++) this.emit(body, back, steps);
    const splits: { do: 'split'; first: number; second: number }[] = [];
    const split = (): void => {
      const step = { do: 'split' as const, first: steps.length + 1, second: 0 };
      splits.push(step);
      steps.push(step);
    };
    if (max === Infinity) {
      const start = steps.length;
      const slot = this.slots++;
      split();
      steps.push({ do: 'save', slot });
      this.emit(body, back, steps);
      steps.push({ do: 'moved', slot }, { do: 'jump', to: start });
    } else
      for (let i = min; i < max; i++) {
        split();
        this.emit(body, back, steps);
      }
    for (const step of splits) {
      step.second = steps.length;
      if (isLazy) [step.first, step.second] = [step.second, step.first];
    }
  }
}

/** A pattern that counts. */
export class CountedPattern {
  private readonly program: Step[];
  private readonly isUnicode: boolean;
  private readonly isGlobal: boolean;
  private readonly isSticky: boolean;
  private steps = 0;

  constructor({ source, flags }: RegExp) {
    this.isGlobal = flags.includes('g');
    this.isSticky = flags.includes('y');
    this.isUnicode = flags.includes('u') || flags.includes('v');
    this.program = new Compiler(flags).program(new Reader(source).choice(), false);
  }

  /**
   * What a search from `from` on finds, and how many steps it takes: all matches for a global pattern, else the first; one
   * place only for a sticky one.
   */
  search(text: string, from = 0): { steps: number; matches: [start: number, end: number][] } {
    this.steps = 0;
    const matches: [number, number][] = [];
    for (let at = from; at <= text.length;) {
      const end = this.run(this.program, text, at, []);
      if (end >= 0) matches.push([at, end]);
      if (this.isSticky || (end >= 0 && !this.isGlobal)) break;
      at = end > at ? end : at + (this.unitAt(text, at, false) > 0xffff ? 2 : 1);
    }
    return { steps: this.steps, matches };
  }

  /** The code unit, or in a Unicode pattern the code point, after or before a place; -1 at the end of the text. */
  private unitAt(text: string, at: number, back: boolean): number {
    const from = back ? at - 1 : at;
    if (from < 0 || from >= text.length) return -1;
    if (!this.isUnicode) return text.charCodeAt(from);
    const pair = back && at > 1 ? (text.codePointAt(at - 2) ?? 0) : 0;
    return pair > 0xffff ? pair : (text.codePointAt(from) ?? -1);
  }

  /** Where the match ends, or -1. Untried choices and overwritten slots are kept on one stack, to be taken back in turn. */
  private run(program: Step[], text: string, start: number, slots: number[]): number {
    const untried: number[] = [];
    let at = start;
    let next = 0;
    for (;;) {
      this.steps++;
      const step = program[next++]!;
      let fits = true;
      if (step.do === 'done') return at;
      else if (step.do === 'jump') next = step.to;
      else if (step.do === 'split') {
        untried.push(at, step.second, -1);
        next = step.first;
      } else if (step.do === 'save') {
        untried.push(slots[step.slot] ?? -1, step.slot, -2);
        slots[step.slot] = at;
      } else if (step.do === 'moved') fits = slots[step.slot] !== at;
      else if (step.do === 'unit') {
        const unit = this.unitAt(text, at, step.back);
        fits = unit >= 0 && step.fits(unit);
        if (fits) at += (unit > 0xffff ? 2 : 1) * (step.back ? -1 : 1);
      } else if (step.do === 'edge') {
        step.pattern.lastIndex = at;
        fits = step.pattern.test(text);
      } else if (step.do === 'reference') {
        const [from, to] = [slots[step.group * 2] ?? -1, slots[step.group * 2 + 1] ?? -1];
        const value = from >= 0 && to >= 0 ? text.slice(from, to) : '';
        fits = step.back ? text.endsWith(value, at) : text.startsWith(value, at);
        if (fits) at += step.back ? -value.length : value.length;
      } else fits = this.run(step.program, text, at, step.isNegative ? [...slots] : slots) >= 0 !== step.isNegative;
      while (!fits) {
        const kind = untried.pop();
        if (kind === undefined) return -1;
        const [place, value] = [untried.pop()!, untried.pop()!];
        if (kind === -2) slots[place] = value;
        else {
          next = place;
          at = value;
          fits = true;
        }
      }
    }
  }
}
