import { UNKNOWN } from '../unseen';

/** What every shell knows by itself. Of `HOME` and its like only the kind of place matters. */
const WELL_KNOWN: ReadonlyMap<string, readonly string[]> = new Map(
  (
    [
      ['IFS', ' '],
      ['HOME', '/home/user'],
      ['PATH', '/usr/local/bin:/usr/bin:/bin'],
      ['TMPDIR', '/tmp/own'],
      ['TMP', '/tmp/own'],
      ['TEMP', '/tmp/own'],
      ['RUNNER_TEMP', '/tmp/own'],
      ['SHELL', '/bin/bash'],
      ['USER', 'user'],
      ['LOGNAME', 'user'],
      ['PWD', '.'],
      ['OLDPWD', '..'],
      ['0', 'sh'],
      ['#', '0'],
      ['?', '0'],
    ] as const
  ).map(([name, value]) => [name, [value]]),
);

/** Longer values are cut: a script that doubles a variable again and again must not fill the memory. */
const MOST_CHARACTERS = 4_096;

/** The variables of a script as far as they can be followed: in the order of the text, as if every branch were taken. */
export class Variables {
  private readonly values = new Map<string, string[] | undefined>();

  /** @param outer the variables of what runs this, which are seen but not changed */
  constructor(private readonly outer?: Variables) {}

  /** Undefined when nothing is known of it. */
  get(name: string): readonly string[] | undefined {
    return this.values.has(name) ? this.values.get(name) : this.outer ? this.outer.get(name) : WELL_KNOWN.get(name);
  }

  /** Whether the script itself gave it a value. */
  isOwn(name: string): boolean {
    return this.values.has(name) || this.outer?.isOwn(name) === true;
  }

  set(name: string, values: readonly string[]): void {
    let left = MOST_CHARACTERS;
    const kept: string[] = [];
    for (const value of values) {
      if (left <= 0) break;
      kept.push(value.length > left ? value.slice(0, left) + UNKNOWN : value);
      left -= value.length + 1;
    }
    this.values.set(name, kept);
  }

  append(name: string, values: readonly string[], isList: boolean): void {
    const before = this.get(name) ?? [];
    if (isList) this.set(name, [...before, ...values]);
    else this.set(name, [`${before.join(' ')}${values.join(' ')}`]);
  }

  /** What `$1`, `$@` and their like stand for from here on. */
  setParameters(values: readonly string[]): void {
    this.set('@', values);
    this.set('*', values);
    values.slice(0, 9).forEach((value, index) => this.set(String(index + 1), [value]));
  }

  unset(name: string): void {
    this.values.set(name, undefined);
  }
}
