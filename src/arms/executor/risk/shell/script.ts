/** A shell script as far as its structure matters here; control flow is flattened, for every branch may be taken. */
export type Script = Pipeline[];

export interface Pipeline {
  commands: Command[];
  /** Ended by `&`. */
  background: boolean;
}

export type Command = SimpleCommand | Group;

export interface SimpleCommand {
  kind: 'simple';
  assignments: Assignment[];
  words: Word[];
  redirects: Redirect[];
}
/** A subshell, a block, a loop, or the body of a function. */
export interface Group {
  kind: 'group';
  functionName?: string;
  script: Script;
  redirects: Redirect[];
}
export interface Assignment {
  name: string;
  /** More than one for an array or the list of a loop. */
  values: Word[];
  append: boolean;
}
export interface Redirect {
  operator: string;
  /** The file; for `<<` and `<<<` the text itself. */
  target: Word;
}

export type Word = Part[];
export type Part =
  | { kind: 'text'; text: string; quoted: boolean }
  /** `$name` or `${name<operator><operand>}`. */
  | { kind: 'variable'; name: string; operator: string; operand: Word; quoted: boolean }
  /** `$(…)` and backticks give their output, `<(…)` a file. */
  | { kind: 'script'; script: Script; use: 'output' | 'file'; quoted: boolean };
