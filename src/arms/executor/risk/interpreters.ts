import { type Assessment, SAFE, found, worstOf } from './assessment';
import { type Call, callOf, hasOption, valuesOf } from './call';
import type { Inquiry } from './inquiry';
import type { Language } from './source/language';
import { DECODED, FETCHED, isUnseen, shown } from './unseen';

export const SHELLS = new Set(
  'sh bash zsh dash ksh mksh fish ash csh tcsh rbash elvish nu pwsh powershell cmd xonsh'.split(' '),
);

interface Interpreter {
  language: Language;
  /** Options whose value is code. */
  code: readonly string[];
  takes: readonly string[];
}

const INTERPRETERS: readonly (readonly [names: RegExp, Interpreter])[] = [
  [/^(python|pypy|ipython)[\d.]*$/, { language: 'python', code: ['-c'], takes: ['-c', '-m', '-W', '-X'] }],
  [
    /^(node|nodejs|deno|bun|tsx|ts-node|qjs)$/,
    {
      language: 'javascript',
      code: ['-e', '--eval', '-p', '--print', '-pe'],
      takes: ['-e', '--eval', '-p', '--print', '-pe', '-r', '--require', '--import', '--loader'],
    },
  ],
  [/^(ruby|jruby|irb)[\d.]*$/, { language: 'ruby', code: ['-e'], takes: ['-e', '-r', '-I'] }],
  [/^perl[\d.]*$/, { language: 'perl', code: ['-e', '-E'], takes: ['-e', '-E', '-I', '-M'] }],
  [
    /^php[\d.]*$/,
    { language: 'php', code: ['-r', '--run', '-B', '-R', '-E'], takes: ['-r', '--run', '-B', '-R', '-E', '-d', '-f'] },
  ],
  [/^(lua|luajit)[\d.]*$/, { language: 'lua', code: ['-e'], takes: ['-e', '-l'] }],
  [
    /^(Rscript|julia|groovy|scala|elixir|erl|swift|ghci?|clojure|raku)$/,
    { language: 'ruby', code: ['-e', '--eval', '-E', '-eval'], takes: ['-e', '--eval', '-E', '-eval'] },
  ],
  [/^osascript$/, { language: 'applescript', code: ['-e'], takes: ['-e', '-l'] }],
];

/** Python modules that are programs of their own. */
const MODULE_PROGRAMS: Readonly<Record<string, string>> = {
  pip: 'pip',
  venv: 'mkdir',
  virtualenv: 'mkdir',
  pipx: 'pipx',
  uv: 'uv',
  poetry: 'poetry',
};
const SAFE_MODULES = new Set([
  'json.tool',
  'py_compile',
  'compileall',
  'timeit',
  'this',
  'calendar',
  'tokenize',
  'ast',
  'dis',
  'platform',
  'site',
  'sysconfig',
]);

const unseenCode = (what: string, text: string): Assessment | undefined => {
  if (text.includes(FETCHED)) return found('destructive', `${what} runs what a server sends, which nobody has read.`);
  if (text.includes(DECODED)) return found('destructive', `${what} runs code that is hidden by an encoding.`);
  return undefined;
};

/** Code on a place where it cannot be read, such as a file. */
const codeOfFile = (what: string, file: string): Assessment =>
  found('unknown', `${what} runs the file ${shown(file)}.`);

/** Shell code in one piece. */
const shellCode = (what: string, text: string, { line }: Inquiry, parameters?: readonly string[]): Assessment => {
  const unseen = unseenCode(what, text);
  if (unseen !== undefined) return unseen;
  if (isUnseen(text) && text.trim().length <= 1) return found('unknown', `${what} runs code that cannot be known.`);
  return line(text, parameters);
};

export const assessInput = (what: string, inquiry: Inquiry): Assessment =>
  inquiry.input === undefined
    ? found('unknown', `${what} waits for commands.`)
    : shellCode(what, inquiry.input, inquiry);

/** A shell with its words. */
export const assessShell = (name: string, args: readonly string[], inquiry: Inquiry): Assessment => {
  if (args.some((arg) => /^--(version|help)$/.test(arg)) && args.length === 1) return SAFE;
  if (/^(pwsh|powershell|cmd)$/.test(name)) return windowsShell(args, inquiry);
  const at = args.findIndex((arg) => /^-[a-zA-Z]*c[a-zA-Z]*$/.test(arg) || arg === '--command');
  const isBefore = args
    .slice(0, at)
    .every((arg, index) => /^[-+]/.test(arg) || /^[-+]O$|^--(rcfile|init-file)$|^-o$/.test(args[index - 1] ?? ''));
  if (at >= 0 && isBefore) {
    const rest = args.slice(at + 1);
    const code = rest.findIndex((arg) => !/^[-+][a-zA-Z]/.test(arg));
    const [text, , ...parameters] = code < 0 ? [] : rest.slice(code);
    return text === undefined ? found('unknown') : shellCode(name, text, inquiry, parameters);
  }
  if (args.some((arg) => /^-[a-z]*n[a-z]*$/.test(arg))) return SAFE;
  const call = callOf(name, args, ['-o', '-O', '--rcfile', '--init-file']);
  const [file] = call.operands;
  if (file === undefined || file === '-' || file === '/dev/stdin' || hasOption(call, '-s'))
    return assessInput(name, inquiry);
  // A file made by `<(…)` stands here as its content.
  if (isUnseen(file) || /\s/.test(file)) return shellCode(name, file, inquiry);
  return codeOfFile(name, file);
};

const windowsShell = (args: readonly string[], inquiry: Inquiry): Assessment => {
  const at = args.findIndex((arg) => /^(-c|-command|\/c|\/k)$/i.test(arg));
  if (args.some((arg) => /^-e(nc|ncodedcommand|c)?$/i.test(arg)))
    return found('destructive', 'It runs code that is hidden by an encoding.');
  if (at >= 0) return shellCode('The shell', args.slice(at + 1).join(' '), inquiry);
  return args.length === 0
    ? assessInput('The shell', inquiry)
    : shellCode('The shell', args.filter((arg) => !/^-(no\w+|exec\w+)$/i.test(arg)).join(' '), inquiry);
};

export const interpreterOf = (name: string): Interpreter | undefined =>
  INTERPRETERS.find(([names]) => names.test(name))?.[1];

const program = (name: string, text: string, language: Language, { source }: Inquiry): Assessment =>
  unseenCode(name, text) ??
  (isUnseen(text) && text.trim().length <= 1
    ? found('unknown', `${name} runs code that cannot be known.`)
    : source(language, text));

/** An interpreter of another language with its words. */
export const assessInterpreter = (
  name: string,
  { language, code, takes }: Interpreter,
  args: readonly string[],
  inquiry: Inquiry,
): Assessment => {
  const isSubcommand = /^(deno|bun)$/.test(name) && args[0] === 'eval';
  const call: Call = callOf(name, args, takes);
  const texts = [...valuesOf(call, ...code), ...(isSubcommand ? args.slice(1, 2) : []), ...joinedCode(args, language)];
  const inPlace =
    language === 'perl' || language === 'ruby' ? args.some((arg) => /^-[a-z0]*i(\.\w+)?[a-z]*$/.test(arg)) : false;
  if (texts.length > 0)
    return worstOf([
      ...texts.map((text) => program(name, text, language, inquiry)),
      ...(inPlace ? [found('writes', `${name} -i writes to the files it reads.`)] : []),
    ]);
  if (args.every((arg) => /^(-V+|-v|--version|--help|-h)$/.test(arg)) && args.length > 0) return SAFE;
  const module = language === 'python' ? valuesOf(call, '-m')[0] : undefined;
  if (module !== undefined) {
    const rest = args.slice(args.indexOf(module) + 1);
    const known = MODULE_PROGRAMS[module];
    if (known !== undefined) return inquiry.words([known, ...rest]);
    return SAFE_MODULES.has(module) ? SAFE : found('unknown', `It runs the module ${shown(module)}.`);
  }
  const [file] = call.operands;
  if (language === 'python' && /(^|\/)manage\.py$/.test(file ?? ''))
    return inquiry.words(['manage.py', ...call.operands.slice(1)]);
  if (language === 'php' && file === 'artisan') return inquiry.words(['artisan', ...call.operands.slice(1)]);
  if (file === undefined || file === '-' || file === '/dev/stdin')
    return inquiry.input === undefined
      ? found('unknown', `${name} waits for a program.`)
      : program(name, inquiry.input, language, inquiry);
  return isUnseen(file) || /\s/.test(file) ? program(name, file, language, inquiry) : codeOfFile(name, file);
};

/** `-ne 'code'`, `-pie 'code'`: the letter stands last among others. */
const joinedCode = (args: readonly string[], language: Language): string[] =>
  language === 'perl' || language === 'ruby' || language === 'python'
    ? args.flatMap((arg, at) =>
        /^-[a-zA-Z0]+[eEc]$/.test(arg) && !/^-[mM]/.test(arg) ? args.slice(at + 1, at + 2) : [],
      )
    : [];

export const assessAwk = (args: readonly string[], inquiry: Inquiry): Assessment => {
  const call = callOf('awk', args, ['-v', '-F', '-f']);
  if (valuesOf(call, '-f').length > 0) return found('unknown', 'awk runs the program of a file.');
  return program('awk', call.operands[0] ?? '', 'awk', inquiry);
};
