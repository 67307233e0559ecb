import { compileFunction } from 'node:vm';
import { SyntaxModule } from '../../src/drivers/syntax/syntax.module';
import { SyntaxPort } from '../../src/drivers/syntax/syntax.port';
import { Test, type TestingModule } from '@nestjs/testing';

let room: TestingModule;
let syntax: SyntaxPort;
beforeAll(async () => {
  room = await Test.createTestingModule({ imports: [SyntaxModule] }).compile();
  syntax = room.get(SyntaxPort);
});
afterAll(() => room.close());

it.each([
  ['typescript', 'export const f = <T,>(x: T): T => x satisfies T;\nenum A { B }\nconst y = <string>z;'],
  ['typescript', '@dec() class A { constructor(private readonly a: number) {} accessor b = 1; }'],
  ['typescript', 'const element = <div className="a">{list.map((x) => <Item key={x} />)}</div>;'],
  ['typescript', 'declare module "x" { export function f(): void; }\nexport type { A } from "./a";'],
  ['javascript', 'const a = require("a");\nreturn a;'],
  ['javascript', 'import a from "a";\nexport const b = await a(import.meta.url);'],
  ['javascript', '#!/usr/bin/env node\nconsole.log(1)'],
  [
    'javascript',
    'class A { #p = 1; static { this.q = 2; } get p() { return this.#p ?? 0; } }\nfor await (const x of y) x?.();',
  ],
  ['javascript', 'const App = () => <><b>hi</b></>;'],
  ['json', '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"]}'],
  [
    'go',
    'package main\n\nimport "fmt"\n\nfunc Map[T, U any](in []T, f func(T) U) []U {\n\treturn nil\n}\n\nfunc main() { fmt.Println(1) }\n',
  ],
  [
    'rust',
    "pub fn longest<'a>(a: &'a str, b: &'a str) -> &'a str {\n    if a.len() > b.len() { a } else { b }\n}\n#[cfg(test)]\nmod tests {}\n",
  ],
  [
    'java',
    'record Point(int x, int y) {}\nclass A { <T> T id(T t) { var x = switch (1) { case 1 -> "a"; default -> "b"; }; return t; } }',
  ],
  ['c', 'struct list { int class; };\nint main(void) { return 0; }'],
  [
    'cpp',
    'template <typename T> concept C = requires(T t) { t + t; };\nint main() { auto f = [](int x) { return x; }; return f(0); }',
  ],
  ['csharp', 'namespace A;\npublic record P(int X);\nclass B { int F(int? x) => x switch { null => 0, _ => 1 }; }'],
  ['ruby', 'class A\n  attr_reader :x\n  def each(&block) = @items.each(&block)\nend\n'],
  ['php', '<?php\nfunction f(int ...$x): ?int { return match(true) { default => 1 }; }'],
  ['php', 'function f() { return 1; }'],
  ['bash', 'for f in *.txt; do\n  [[ -f "$f" ]] && echo "${f%.txt}"\ndone\ncat <<EOF\nhi\nEOF\n'],
  ['powershell', 'function Get-It {\n  param([int]$N)\n  Get-Item | Where-Object { $_.Length -gt $N }\n}'],
  ['css', '@media (min-width: 1px) { a:hover > b { color: var(--x); } }'],
  ['python', 'def f(x: int) -> str:\n    match x:\n        case 1: return f"{x!r}"\n'],
])('%s accepts %j', async (language, source) => {
  expect(await syntax.check(source, language)).toEqual({ ok: true });
});

it.each([
  ['typescript', 'interface A {\n  x: ;\n}', 2, 6, 'Type expected'],
  ['typescript', 'const x = 1;\nfunction f(a: string {\n}', 2, 22, "',' expected"],
  [
    'typescript',
    'async function ok() {}\n\nfunction f(): void {\n  await ok();\n}',
    4,
    undefined,
    'await is only valid',
  ],
  ['javascript', 'const a = 1;\nconst b = ;\n', 2, 11, 'Expression expected'],
  ['javascript', 'import a from "a";\nexport const = 1;', 2, 14, 'Variable declaration expected'],
  ['javascript', 'const a: number = 1;', 1, 10, 'Type annotations'],
  ['javascript', 'let a = 1;\nlet a = 2;', 2, undefined, "'a' has already been declared"],
  ['javascript', '}); (function () {', 1, 1, 'Declaration or statement expected'],
  ['javascript', 'const App = () => <div><b>hi</div>;', 1, 25, "'b'"],
  ['json', '{\n  "a": 1,\n}', 3, 1, 'unexpected "}", where a name in double quotes is expected'],
  [
    'go',
    'package main\nfunc main() {\n\tx := []int{1, 2\n}\n',
    undefined,
    undefined,
    'missing "}" for the "{" in line 2',
  ],
  ['go', 'package main\nfunc main() {\n\tfor i := 0; i < 3; i++ {\n}\n', 5, 1, 'missing "}" for the "{" in line 2'],
  ['rust', 'fn main() { let x = 1 }', 1, 22, 'missing ";"'],
  ['rust', 'fn main() {\n    let v = vec![1;\n}', 2, 17, '"[" is never closed'],
  ['java', 'class A {\n  int f() { return 1 }\n}', 2, 21, 'missing ";"'],
  ['java', 'class A { int f() { return 1; }', 1, 32, 'missing "}" for the "{" in line 1'],
  ['c', 'int main( { return 0; }', 1, 9, '"(" is never closed'],
  ['cpp', 'int main() { retrun 0; }', 1, 21, 'unexpected "0"'],
  ['csharp', 'class A { int F() => ; }', 1, 19, 'unexpected "=>"'],
  ['ruby', 'def a\n 1\n', 1, 1, 'what begins with "def a" is not complete'],
  ['php', 'function f() { return 1 }', 1, 24, 'missing ";"'],
  ['bash', 'for i in 1 2; do echo $i; done)', 1, 31, 'unexpected ")"'],
  ['powershell', 'function F { Write-Host 1', 1, 26, 'missing "}"'],
  ['css', 'a { color red; }', 1, 5, 'unexpected "color red;"'],
  ['python', 'def f(x:\n  return x\n', 1, 6, '"(" is never closed'],
])('%s convicts %j', async (language, source, line, column, message) => {
  const verdict = await syntax.check(source, language);
  expect(verdict).toMatchObject({ fault: { message: expect.stringContaining(message) as unknown } });
  if (!('fault' in verdict)) return;
  if (line !== undefined) expect(verdict.fault.line).toBe(line);
  if (column !== undefined) expect(verdict.fault.column).toBe(column);
});

it.each([
  ['kotlin', 'fun main() {}', 'no parser for kotlin'],
  ['swift', 'func f() {}', 'no parser for swift'],
  ['sql', 'select 1', 'no parser for sql'],
  ['constructor', 'x', 'no parser for constructor'],
  ['', 'x', 'the language is not known'],
  ['c', '#if A\nif (x) {\n#else\n{\n#endif\n}', 'preprocessor'],
  ['powershell', 'function F { param($x) $x + 1 }', 'param block'],
  ['cpp', '#define BEGIN {\nint main() BEGIN return 0; }', 'preprocessor'],
])('does not judge %s: %j', async (language, source, reason) => {
  expect(await syntax.check(source, language)).toEqual({ unchecked: expect.stringContaining(reason) as unknown });
});

describe('hostile texts end, and the next one is answered', () => {
  const DEEP = 100_000;
  it.each([
    ['typescript', 'brackets', '('.repeat(DEEP)],
    ['typescript', 'closed brackets', `x = ${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
    ['typescript', 'types', `type A = ${'('.repeat(DEEP)}`],
    ['typescript', 'templates', '`${'.repeat(DEEP)],
    ['javascript', 'elements', '<a>'.repeat(DEEP)],
    ['javascript', 'branches', 'if (a) {} else '.repeat(25_000)],
    ['typescript', 'megabytes', 'x'.repeat(5_000_000)],
    ['go', 'megabytes', 'x'.repeat(5_000_000)],
    ['json', 'megabytes', '['.repeat(5_000_000)],
  ])('%s: %s', async (language, _, source) => {
    expect(await syntax.check(source, language)).toEqual({
      unchecked: expect.stringMatching(/too deeply|longer than/) as unknown,
    });
    expect(await syntax.check('', 'javascript')).toEqual({ ok: true });
  });

  it.each([
    ['json', `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`],
    ['go', '('.repeat(DEEP)],
    ['java', '({['.repeat(DEEP)],
    ['cpp', 'a<'.repeat(DEEP)],
    ['rust', `fn main() { ${'{'.repeat(DEEP)}`],
    ['bash', '\0'.repeat(DEEP)],
    ['ruby', '\ud800'.repeat(DEEP)],
    ['python', '['.repeat(DEEP)],
    ['css', 'a{'.repeat(DEEP)],
  ])('%s: %#', async (language, source) => {
    const verdict = await syntax.check(source, language);
    expect(Object.keys(verdict)).toHaveLength(1);
    expect(await syntax.check('a { color: red; }', 'css')).toEqual({ ok: true });
  });

  it('ends at a signal with its reason', async () => {
    const controller = new AbortController();
    const running = syntax.check('"'.repeat(DEEP), 'go', controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(running).rejects.toThrow('enough');
    await expect(syntax.check('1', 'json', AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });

  it('does not hold up the event loop meanwhile', async () => {
    let ticks = 0;
    const clock = setInterval(() => (ticks += 1), 5);
    await syntax.check('a '.repeat(200_000), 'typescript');
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(3);
  });
});

describe('transpile', () => {
  const transpiled = async (source: string): Promise<string> => {
    const result = await syntax.transpile(source);
    if ('fault' in result) throw new Error(result.fault.message);
    return result.code;
  };
  /** What a program exports, run here: it is this file's own. */
  const exportsOf = async (source: string): Promise<Record<string, unknown>> => {
    const module = { exports: {} };
    const load = compileFunction(await transpiled(source), ['module', 'exports', 'require']) as (
      ...given: unknown[]
    ) => void;
    load(module, module.exports, require);
    return module.exports;
  };

  it('takes the types away and keeps what they bring: enums, parameter properties, namespaces, decorators', async () => {
    const made = await exportsOf(`
import { basename, type ParsedPath } from 'node:path';
import type { Stats } from 'node:fs';
export enum Colour { Red, Green = 'g' }
export namespace Space { export const one = 1; }
const seen: string[] = [];
const note = (target: unknown, key?: string): void => void seen.push(key ?? 'class');
@note
export class Point { constructor(readonly x: number, private y = 2) {} @note sum(): number { return this.x + this.y; } }
export const result = [Colour.Green, Space.one, new Point(1).sum(), basename('/a/b' as string)!, seen.join()];
export default function f<T extends Stats | ParsedPath>(x?: T): T | undefined { return x; }
`);
    expect(made['result']).toEqual(['g', 1, 3, 'b', 'sum,class']);
    expect(Object.keys(made).sort()).toEqual(
      ['Colour', 'Point', 'Space', 'default', 'f', 'result'].filter((name) => name !== 'f'),
    );
  });

  it.each([
    [
      'plain statements',
      ['interface A {', '  a: string;', '}', 'const n: number = 1;', '', 'throw new Error(`${n}`);'],
    ],
    [
      'exported things before and after',
      [
        'import fs from "node:fs";',
        'type Q = {',
        '  a: 1;',
        '};',
        'export enum E {',
        '  A,',
        '  B,',
        '}',
        'export const f = (x: string): string => {',
        '  // why',
        '  return x;',
        '};',
        'void fs;',
        'throw new Error(f("x"));',
      ],
    ],
    [
      'a decorated class',
      [
        'const d = (_: unknown): void => undefined;',
        '@d',
        'export class A {',
        '  private n = 1;',
        '  constructor(',
        '    readonly a: number,',
        '  ) {}',
        '',
        '  run(): void {',
        '    throw new Error("x");',
        '  }',
        '}',
        'new A(1).run();',
      ],
    ],
    [
      'texts over several lines',
      ['const a = `1', '  ${1 +', '  1}', '`;', 'type T = 1;', 'throw new Error(a as string);'],
    ],
  ])('keeps the lines: %s', async (_, lines) => {
    const code = await transpiled(lines.join('\n'));
    const at = (text: string[]): number => text.findIndex((line) => line.includes('throw new Error'));
    expect(at(code.split('\n'))).toBe(at(lines));
  });

  it('keeps a text as it is, over lines and with what looks like a comment', async () => {
    const { a } = await exportsOf('export const a: string = `1 // x\n\n  /* y */ ${2}\n`;\nexport interface B {}');
    expect(a).toBe('1 // x\n\n  /* y */ 2\n');
  });

  it.each([
    ['const a: = 1;', 'Type expected'],
    ['('.repeat(100_000), 'nested too deeply'],
    ['x'.repeat(5_000_000), 'longer than'],
  ])('says why it cannot: %#', async (source, message) => {
    expect(await syntax.transpile(source)).toMatchObject({
      fault: { message: expect.stringContaining(message) as unknown },
    });
  });
});
