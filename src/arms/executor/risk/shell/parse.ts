import { Reader } from './reader';
import type { Assignment, Command, Pipeline, Redirect, Script, SimpleCommand, Word } from './script';
import { type Nested, readHereText, readWord, skipArithmetic } from './words';

const BLANK = /(?:[^\S\n]|\\\n)+/y;
const COMMENT = /#[^\n]*/y;
const REDIRECT = /(?:\d+|\{\w+\})?(?:<<<|<<-?|<&|<>|<(?!\()|&>>|&>|>>|>&|>\||>(?!\())/y;
const ASSIGNMENT = /([A-Za-z_]\w*)(?:\[[^\]\s]*\])?(\+?)=/y;
const LOOP_NAME = /\s*([A-Za-z_]\w*)/y;
const OPENS_BODY = /\s*\(\s*\)/y;
/** Words that steer, and are followed by a command. `for`, `select`, `case` and `function` are read by hand. */
const STEERING = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', 'coproc']);

const plainText = (word: Word | undefined): string | undefined => {
  const [part, more] = word ?? [];
  return part?.kind === 'text' && !part.quoted && more === undefined ? part.text : undefined;
};

interface PendingHere {
  redirect: Redirect;
  delimiter: string;
  isLiteral: boolean;
  stripsTabs: boolean;
}

class Parser {
  private readonly nested: Nested = {
    script: (reader) => (reader === this.reader ? this : new Parser(reader)).script(')'),
    text: (text) => this.reader.nest((depth) => parse(new Reader(text, depth))),
  };
  private readonly pending: PendingHere[] = [];

  constructor(private readonly reader: Reader) {}

  /** Up to the closing `)` or `}`, which is stepped over, or to the end; a stray one within parts commands. */
  script(end?: ')' | '}' | ';;'): Script {
    return this.reader.nest(() => this.commands(end));
  }

  private commands(end?: ')' | '}' | ';;'): Script {
    const script: Script = [];
    while (!this.reader.ended) {
      this.blank();
      if (end === ';;' && (this.reader.looksAt(';;') || this.reader.looksAt(';&'))) break;
      if (end === ';;' && /^esac\b/.test(this.reader.peek(5))) break;
      if (this.separator()) continue;
      if (end !== undefined && end !== ';;' && this.reader.skip(end)) return script;
      const begin = this.reader.at;
      const pipeline = this.pipeline();
      if (pipeline.commands.length > 0) script.push(pipeline);
      if (this.reader.at === begin) this.reader.at += 1;
    }
    return script;
  }

  private blank(): void {
    while (this.reader.match(BLANK) !== null || (this.atTokenStart() && this.reader.match(COMMENT) !== null));
  }

  private atTokenStart(): boolean {
    return this.reader.at === 0 || /[\s;&|()`]/.test(this.reader.text.charAt(this.reader.at - 1));
  }

  private separator(): boolean {
    if (this.reader.skip('\n')) {
      this.hereDocuments();
      return true;
    }
    return ['&&', '||', ';', '&', '|'].some((each) => this.reader.skip(each));
  }

  private pipeline(): Pipeline {
    const commands: Command[] = [];
    do {
      this.blank();
      while (this.reader.next === '\n' && commands.length > 0) {
        this.separator();
        this.blank();
      }
      const command = this.command();
      if (command !== undefined) commands.push(command);
      this.blank();
    } while (!this.reader.looksAt('||') && (this.reader.skip('|&') || this.reader.skip('|')));
    const background = this.reader.next === '&' && this.reader.peek(2) !== '&&';
    return { commands, background };
  }

  private command(): Command | undefined {
    const { reader } = this;
    if (skipArithmetic(reader, this.nested)) return undefined;
    if (reader.skip('(')) return this.group(')');
    if (/^\{[\s]/.test(reader.peek(2))) {
      reader.at += 1;
      return this.group('}');
    }
    return this.simple();
  }

  private group(end: ')' | '}', functionName?: string): Command {
    const script = this.script(end);
    return { kind: 'group', ...(functionName !== undefined && { functionName }), script, redirects: this.redirects() };
  }

  private redirects(): Redirect[] {
    const found: Redirect[] = [];
    for (;;) {
      this.blank();
      const [operator] = this.reader.match(REDIRECT) ?? [];
      if (operator === undefined) return found;
      found.push(this.redirect(operator.replace(/^(\d+|\{\w+\})/, '')));
    }
  }

  private redirect(operator: string): Redirect {
    this.blank();
    const target = readWord(this.reader, this.nested) ?? [];
    if (operator !== '<<' && operator !== '<<-') return { operator, target };
    const redirect: Redirect = { operator: '<<', target: [] };
    const delimiter = target.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const isLiteral = target.some(({ quoted }) => quoted);
    this.pending.push({ redirect, delimiter, isLiteral, stripsTabs: operator === '<<-' });
    return redirect;
  }

  private hereDocuments(): void {
    for (const { redirect, delimiter, isLiteral, stripsTabs } of this.pending.splice(0)) {
      const lines: string[] = [];
      while (!this.reader.ended) {
        const line = this.reader.until('\n');
        const bare = stripsTabs ? line.replace(/^\t+/, '') : line;
        if (bare === delimiter) break;
        lines.push(bare);
      }
      const text = lines.join('\n');
      redirect.target = isLiteral
        ? [{ kind: 'text', text, quoted: true }]
        : readHereText(new Reader(text), this.nested);
    }
  }

  private simple(): Command | undefined {
    const command: SimpleCommand = { kind: 'simple', assignments: [], words: [], redirects: [] };
    for (;;) {
      command.redirects.push(...this.redirects());
      if (command.words.length === 0 && this.assignment(command)) continue;
      const word = readWord(this.reader, this.nested);
      if (word === undefined) break;
      const first = command.words.length === 0 ? plainText(word) : undefined;
      if (first !== undefined && command.assignments.length === 0) {
        if (STEERING.has(first)) {
          this.blank();
          if (this.reader.next === '(' || /^\{\s/.test(this.reader.peek(2))) return this.command();
          continue;
        }
        if (first === 'for' || first === 'select') return this.loop();
        if (first === 'case') return this.cases();
        if (first === '[[') {
          this.test(command);
          break;
        }
        if (first === 'function' || this.reader.match(OPENS_BODY) !== null)
          return this.reader.nest(() => this.definition(first));
      }
      command.words.push(word);
    }
    const { words, assignments, redirects } = command;
    return words.length + assignments.length + redirects.length === 0 ? undefined : command;
  }

  private assignment(command: SimpleCommand): boolean {
    const [, name, plus] = this.reader.match(ASSIGNMENT) ?? [];
    if (name === undefined) return false;
    const values: Word[] = this.reader.skip('(') ? this.list() : [readWord(this.reader, this.nested) ?? []];
    command.assignments.push({ name, values, append: plus === '+' });
    return true;
  }

  /** Words up to the closing parenthesis of an array. */
  private list(): Word[] {
    const words: Word[] = [];
    while (!this.reader.ended && !this.reader.skip(')')) {
      this.blank();
      const word = readWord(this.reader, this.nested);
      if (word !== undefined) words.push(word);
      else if (this.reader.next !== ')') this.reader.at += 1;
    }
    return words;
  }

  private wordsOfLine(): Word[] {
    const words: Word[] = [];
    for (;;) {
      this.blank();
      const word = readWord(this.reader, this.nested);
      if (word === undefined) return words;
      words.push(word);
    }
  }

  /** `for name in words`: the name may be any of them. The body follows as commands of its own. */
  private loop(): Command | undefined {
    this.blank();
    if (skipArithmetic(this.reader, this.nested)) return undefined;
    const name = this.reader.match(LOOP_NAME)?.[1] ?? '';
    const [, ...values] = this.wordsOfLine();
    const assignments: Assignment[] = [{ name, values, append: false }];
    return { kind: 'simple', assignments, words: [], redirects: [] };
  }

  private cases(): Command {
    const script: Script = [];
    const subject = this.wordsOfLine();
    script.push({
      commands: [{ kind: 'simple', assignments: [], words: [literal('test'), ...subject], redirects: [] }],
      background: false,
    });
    while (!this.reader.ended) {
      this.blank();
      if (this.separator() || this.reader.skip(';&')) continue;
      if (/^esac\b/.test(this.reader.peek(5))) {
        this.reader.at += 4;
        break;
      }
      this.list();
      script.push(...this.script(';;'));
      if (this.reader.next !== ';' && !this.reader.looksAt('esac')) this.reader.at += 1;
    }
    return { kind: 'group', script, redirects: this.redirects() };
  }

  /** `[[ … ]]`, in which `<`, `&&` and parentheses compare. */
  private test(command: SimpleCommand): void {
    command.words.push(literal('test'));
    while (!this.reader.ended) {
      const word = readWord(this.reader, this.nested);
      if (word === undefined) this.reader.at += 1;
      else if (plainText(word) === ']]') return;
      else command.words.push(word);
    }
  }

  private definition(first: string): Command | undefined {
    this.blank();
    const name = first === 'function' ? (plainText(readWord(this.reader, this.nested)) ?? '') : first;
    this.reader.match(OPENS_BODY);
    this.reader.match(/\s*/y);
    const isBlock = this.reader.skip('{');
    if (isBlock) return this.group('}', name);
    if (this.reader.skip('(')) return this.group(')', name);
    const body = this.command();
    return (
      body && { kind: 'group', functionName: name, script: [{ commands: [body], background: false }], redirects: [] }
    );
  }
}

const parse = (reader: Reader): Script => new Parser(reader).script();

const literal = (text: string): Word => [{ kind: 'text', text, quoted: true }];

/**
 * The structure of a shell script (POSIX, and what bash adds). Lenient: what would be a syntax error is read as commands as
 * far as it goes. Linear in the length. Errors: `NestingError`.
 */
export const parseScript = (text: string): Script => parse(new Reader(text));
