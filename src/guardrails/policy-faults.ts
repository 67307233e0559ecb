import { type Document, type LineCounter, isMap, isNode } from 'yaml';
import type { z } from 'zod';

export type Path = readonly (string | number)[];
/** Says what is wrong with a field; the fault goes on where the field has been named. */
export type Complain = (path: Path, fault: string) => void;

const LONGEST_SHOWN = 60;

/** Names as they are written in the file: `rules[1].direction[0]`. */
const written = (path: Path): string =>
  path.reduce<string>((sum, part) => {
    if (typeof part === 'number') return `${sum}[${part}]`;
    return sum === '' ? part : `${sum}.${part}`;
  }, '');

export const shown = (value: unknown): string => {
  const json = JSON.stringify(value);
  return json.length > LONGEST_SHOWN ? `${json.slice(0, LONGEST_SHOWN)}…` : json;
};

/** Faults of one file, each with its line and field. */
export class Faults {
  readonly lines: string[] = [];

  constructor(
    private readonly name: string,
    private readonly document: Document,
    private readonly counter: LineCounter,
  ) {}

  readonly add: Complain = (path, fault) => {
    const where = this.existing(path);
    const field = written(path) === '' ? 'the file' : written(path);
    this.lines.push(`${this.name}${this.lineOf(where)}: ${field} ${fault}.`);
  };

  addIssue(issue: z.core.$ZodIssue): void {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) this.add([...path, key], `is ${issue.message}`);
      return;
    }
    // One name in place of a list of names is no item of a list.
    const given = this.existing(path).length === path.length ? path : path.slice(0, -1);
    const at = typeof path.at(-1) === 'number' ? given : path;
    const value: unknown = this.document.getIn(at);
    if (value === undefined) this.add(at, `is missing; ${issue.message}`);
    else this.add(at, `is ${isNode(value) ? 'something else' : shown(value)}; ${issue.message}`);
  }

  private existing(path: Path): Path {
    let known = path;
    while (known.length > 0 && !this.document.hasIn(known)) known = known.slice(0, -1);
    return known;
  }

  private lineOf(path: Path): string {
    const parent: unknown = path.length === 0 ? undefined : this.document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => String(key) === path.at(-1)) : undefined;
    const node: unknown = pair?.key ?? this.document.getIn(path, true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    return offset === undefined ? '' : ` line ${this.counter.linePos(offset).line}`;
  }
}
