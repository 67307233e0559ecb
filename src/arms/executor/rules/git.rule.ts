import { type ArgumentRule, optionName } from './argument.rule';

/** Subcommands that read a repository and can do nothing else. */
const READING = new Set(
  'annotate blame cat-file cherry count-objects describe diff diff-files diff-index diff-tree for-each-ref grep log ls-files ls-tree merge-base name-rev rev-list rev-parse shortlog show show-branch show-ref status version whatchanged'.split(
    ' ',
  ),
);
/** Subcommands that read when given only these options, and otherwise write. */
const LISTING: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['branch', new Set('-a -r -l -v -vv --all --remotes --list --verbose --show-current'.split(' '))],
  ['tag', new Set('-l -n --list'.split(' '))],
  ['remote', new Set('-v --verbose'.split(' '))],
  ['reflog', new Set(['show'])],
]);
/** Options before the subcommand. All others can name programs or settings. */
const GLOBAL = new Set(
  '--version --no-pager -P --no-optional-locks --literal-pathspecs --no-replace-objects'.split(' '),
);
/** Options of reading subcommands that run programs or write files. Git takes any unambiguous beginning for the whole. */
const REFUSED = [
  '--upload-pack',
  '--receive-pack',
  '--exec',
  '--exec-path',
  '--ext-diff',
  '--textconv',
  '--filters',
  '--open-files-in-pager',
  '--output',
  '--output-directory',
  '--paginate',
  '--config',
  '--config-env',
  '--help',
  '--show-signature',
];

/** Placeholders that have git check a signature, with a program that the repository names. */
const SIGNATURE = /%G|%\(signature/;

/** -O is a pager of grep, also behind letters that take no value; to the others it is an order of files, which nobody needs here. */
const GREP_PAGER = /^-[^-efABCm0-9]*O/;

const means = (arg: string): string | undefined => {
  const name = optionName(arg);
  return name.length > 2 && name.startsWith('--') ? REFUSED.find((option) => option.startsWith(name)) : undefined;
};

const globalFault = (words: readonly string[]): string | undefined => {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '-C') at += 1;
    else if (!GLOBAL.has(word))
      return `${optionName(word)}: only ${[...GLOBAL, '-C <folder>'].join(', ')} may come first`;
  }
  return undefined;
};

/** Where the subcommand stands among the arguments. */
const subcommandAt = (args: readonly string[]): number =>
  args.findIndex((arg, index) => !arg.startsWith('-') && args[index - 1] !== '-C');

/** `git` only reads, and runs nothing but itself. */
export const gitRule: ArgumentRule = (args) => {
  const transport = args.find((arg) => /^\w[\w+.-]*::/.test(arg));
  if (transport !== undefined) return `${transport.slice(0, 40)}: names a transport that runs a program`;
  const at = subcommandAt(args);
  const fault = globalFault(at < 0 ? args : args.slice(0, at));
  if (fault !== undefined || at < 0) return fault;
  const subcommand = args[at] ?? '';
  const rest = args.slice(at + 1);
  const listing = LISTING.get(subcommand);
  if (listing !== undefined) {
    const other = rest.find((arg) => !listing.has(arg));
    return other === undefined
      ? undefined
      : `${subcommand} ${optionName(other)}: only ${[...listing].join(', ')} is read only`;
  }
  if (!READING.has(subcommand)) return `${subcommand}: not among the subcommands that only read`;
  const pager = subcommand === 'grep' ? GREP_PAGER : /^-O/;
  const bad = rest.find((arg) => means(arg) !== undefined || pager.test(arg) || SIGNATURE.test(arg));
  return bad === undefined ? undefined : `${optionName(bad)}: runs other programs or writes files`;
};
