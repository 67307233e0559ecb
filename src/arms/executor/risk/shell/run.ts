import { type Assessment, found } from '../assessment';
import { emptying, overwriting } from '../commands/files';
import { UNKNOWN } from '../unseen';
import { type Expansion, expandText, expandWord } from './expand';
import { printedBy } from './printed';
import type { Command, Group, Pipeline, Redirect, Script, SimpleCommand } from './script';
import type { Variables } from './variables';

export interface Surroundings {
  variables: Variables;
  allows: (characters: number) => boolean;
  /** Assesses one command; its input may be unknown, and is undefined when nothing is handed to it. */
  assess: (words: readonly string[], input: string | undefined) => Assessment;
  /** Takes what was found on the way. */
  report: (assessment: Assessment) => void;
}

/** Builtins that give values to variables. */
const DECLARING = new Set(['export', 'declare', 'local', 'readonly', 'typeset']);
const NOTHING_WRITTEN = new Set([':', 'true', '']);

/** Follows a script command by command, as if every branch were taken, and reports what each may do. */
export class Run {
  private readonly functions = new Map<string, { runsParameters: boolean }>();
  private readonly open: string[] = [];
  private readonly expansion: Expansion;

  constructor(private readonly around: Surroundings) {
    this.expansion = {
      variables: around.variables,
      allows: around.allows,
      printed: (script) => this.script(script),
    };
  }

  /** What it prints, as far as it can be known. */
  script(script: Script, input?: string): string {
    let printed = '';
    for (const pipeline of script) {
      const more = this.pipeline(pipeline, input);
      if (this.around.allows(more.length)) printed += more;
      else printed = UNKNOWN;
    }
    return printed;
  }

  private pipeline({ commands, background }: Pipeline, input: string | undefined): string {
    const name = this.open.at(-1);
    const calls = commands.filter((command) => this.isCallOf(command, name)).length;
    if (name !== undefined && calls > 0 && (background || calls > 1))
      this.around.report(
        found('destructive', 'A function that starts itself again and again until the machine stands still.'),
      );
    return commands.reduce<string | undefined>((before, command) => this.command(command, before), input) ?? '';
  }

  private isCallOf(command: Command, name: string | undefined): boolean {
    if (command.kind !== 'simple') return false;
    const part = command.words[0]?.[0];
    return part?.kind === 'text' && part.text === name;
  }

  private command(command: Command, input: string | undefined): string {
    return command.kind === 'simple' ? this.simple(command, input) : this.group(command, input);
  }

  private group({ functionName, script, redirects }: Group, input: string | undefined): string {
    const given = this.redirected(redirects, input, false);
    if (functionName === undefined) return this.script(script, given);
    this.open.push(functionName);
    const runsParameters = script.some(({ commands }) =>
      commands.some((each) => each.kind === 'simple' && /^[@*1]$/.test(variableOf(each))),
    );
    this.functions.set(functionName, { runsParameters });
    this.script(script, given);
    this.open.pop();
    return '';
  }

  private simple({ assignments, words, redirects }: SimpleCommand, input: string | undefined): string {
    for (const { name, values, append } of assignments)
      this.assign(
        name,
        values.flatMap((value) =>
          values.length > 1 ? expandWord(value, this.expansion) : [expandText(value, this.expansion)],
        ),
        append,
        values.length !== 1,
      );
    const [name = '', ...args] = words.flatMap((word) => expandWord(word, this.expansion));
    const printsNothing = NOTHING_WRITTEN.has(name) && words.length <= 1;
    const given = this.redirected(
      redirects,
      input,
      printsNothing ||
        (name === 'cat' && args[0] === '/dev/null') ||
        (name === 'echo' && args[0] === '-n' && (args[1] ?? '') === ''),
    );
    if (name === '') return '';
    const bare = name.split('/').at(-1) ?? '';
    this.setVariables(bare, args, given);
    const known = this.functions.get(name);
    if (known === undefined) this.around.report(this.around.assess([name, ...args], given));
    else if (known.runsParameters) this.around.report(this.around.assess(args, given));
    return printedBy(bare, args, given ?? '');
  }

  private assign(name: string, values: string[], append: boolean, isList: boolean): void {
    if (isList && values.length === 0) this.around.variables.unset(name);
    else if (append) this.around.variables.append(name, values, isList);
    else this.around.variables.set(name, values);
  }

  private setVariables(name: string, args: readonly string[], input: string | undefined): void {
    const { variables } = this.around;
    if (DECLARING.has(name)) {
      for (const arg of args) {
        const [, variable, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg) ?? [];
        if (variable !== undefined) variables.set(variable, [value ?? '']);
      }
    }
    if (name === 'read' || name === 'mapfile' || name === 'readarray')
      for (const arg of args)
        if (/^[A-Za-z_]\w*$/.test(arg)) variables.set(arg, [(input ?? UNKNOWN).trim() || UNKNOWN]);
    if (name === 'printf' && args[0] === '-v') variables.set(args[1] ?? '', [printedBy('printf', args.slice(2), '')]);
    if (name === 'unset') args.forEach((arg) => variables.unset(arg));
    if (name === 'set' && args.includes('--')) variables.setParameters(args.slice(args.indexOf('--') + 1));
  }

  private redirected(
    redirects: readonly Redirect[],
    input: string | undefined,
    printsNothing: boolean,
  ): string | undefined {
    let given = input;
    for (const { operator, target } of redirects) {
      if (operator === '<<' || operator === '<<<') given = expandText(target, this.expansion);
      else if (operator === '<')
        given = target.some((part) => part.kind === 'script')
          ? expandText(target, this.expansion)
          : this.fileInput(target);
      else if (operator.includes('>') && operator !== '<>')
        this.written(operator, expandWord(target, this.expansion).join(' '), printsNothing);
    }
    return given;
  }

  private fileInput(target: Redirect['target']): string {
    expandText(target, this.expansion);
    return UNKNOWN;
  }

  private written(operator: string, target: string, printsNothing: boolean): void {
    if (operator.endsWith('&') && /^(\d+|-)?$/.test(target)) return;
    const empties = printsNothing && !operator.includes('>>');
    this.around.report(empties ? emptying(target) : overwriting(target));
  }
}

const variableOf = ({ words }: SimpleCommand): string => {
  const first = words[0]?.find((part) => part.kind !== 'text' || part.text !== '');
  return first?.kind === 'variable' ? first.name : '';
};
