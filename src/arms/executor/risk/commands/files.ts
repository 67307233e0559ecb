import { type Assessment, SAFE, found, worstOf } from '../assessment';
import { type Call, hasOption, valuesOf } from '../call';
import { isDevice, isHere, isPrecious, isRoot, isTemporary } from '../paths';
import { shown } from '../unseen';
import type { CommandRules } from './command-rules';

/** What it means that a file gets a new content. */
export const overwriting = (path: string): Assessment => {
  if (isDevice(path)) return found('destructive', `Writing to ${shown(path)} overwrites a device.`);
  if (isPrecious(path))
    return found('destructive', `Writing to ${shown(path)} changes a file the system or its access rests on.`);
  if (/^\/dev\//.test(path)) return SAFE;
  return found('writes', `It writes to ${shown(path)}.`);
};

/** What it means that a file loses all of its content. */
export const emptying = (path: string): Assessment => {
  if (isTemporary(path) || (/^\/dev\//.test(path) && !isDevice(path))) return overwriting(path);
  return found('destructive', `It empties ${shown(path)}.`);
};

const deleting = (what: string, paths: readonly string[]): Assessment => {
  if (paths.length > 0 && paths.every(isTemporary)) return found('writes', `${what}, here temporary ones only.`);
  const great = paths.find((path) => isRoot(path) || isHere(path));
  return found(
    'destructive',
    great === undefined ? `${what} for good.` : `${what}: ${shown(great)} holds far more than one would want to lose.`,
  );
};

const remove = (call: Call): Assessment => {
  if (call.args.length === 0) return SAFE;
  const isDeep = hasOption(call, '-r', '-R', '--recursive');
  return deleting(
    `${call.name}${isDeep ? ' -r deletes folders with everything in them' : ' deletes files'}`,
    call.operands,
  );
};

const lastOf = (words: readonly string[]): string => words.at(-1) ?? '';

/** `cp`, `mv`, `install`, `ln`: from the first operands to the last. */
const placing = (call: Call): Assessment => {
  const { operands, name } = call;
  const into = valuesOf(call, '-t', '--target-directory');
  const target = into[0] ?? lastOf(operands);
  const sources = into.length > 0 ? operands : operands.slice(0, -1);
  if (name === 'mv') {
    if (target === '/dev/null') return found('destructive', 'mv to /dev/null loses the file.');
    const great = sources.find((path) => isRoot(path) || (isPrecious(path) && !isTemporary(path)));
    if (great !== undefined) return found('destructive', `mv takes ${shown(great)} from where it is needed.`);
  }
  if (name !== 'ln' && sources.includes('/dev/null')) return emptying(target);
  return overwriting(target);
};

const NUMERIC_NOTHING = /^0*[0-7]?00$|^a?[-=]$|^a?-[rwx]+$/;

/** `chmod`, `chown`, `chgrp`, `setfacl`, `chattr`. */
const rights = (call: Call): Assessment => {
  const isDeep = hasOption(call, '-R', '--recursive');
  const [mode = '', ...paths] = call.operands;
  const great = paths.find((path) => isRoot(path) || (isDeep && isPrecious(path)));
  if (great !== undefined && (isDeep || call.name === 'chmod'))
    return found('destructive', `${call.name} changes the rights of ${shown(great)}, on which the system rests.`);
  if (isDeep && (NUMERIC_NOTHING.test(mode) || /^0*777$|^[ao]*\+[rwx]*w/.test(mode)) && paths.some(isHere))
    return found('destructive', `${call.name} -R ${mode} loses the rights of every file.`);
  const precious = paths.find(isPrecious);
  if (precious !== undefined) return found('destructive', `${call.name} changes the rights of ${shown(precious)}.`);
  return found('writes', `${call.name} changes rights.`);
};

const diskDump = ({ operands }: Call): Assessment => {
  const target = operands.find((each) => each.startsWith('of='))?.slice(3);
  return target === undefined ? SAFE : overwriting(target);
};

const truncate = (call: Call): Assessment => {
  const [size = ''] = valuesOf(call, '-s', '--size');
  if (/^[+>]/.test(size)) return found('writes', 'truncate makes files longer.');
  return worstOf(call.operands.map(emptying));
};

const find = (call: Call, inquiry: Parameters<NonNullable<CommandRules['judge']>>[1]): Assessment => {
  const { args } = call;
  const first = args.findIndex((arg) => /^[-(!]/.test(arg) && !/^-[HLPDO]/.test(arg));
  const starts = args.slice(0, first < 0 ? args.length : first).filter((arg) => !arg.startsWith('-'));
  const assessments: Assessment[] = [];
  if (args.includes('-delete'))
    assessments.push(deleting('find -delete deletes whatever it finds', starts.length > 0 ? starts : ['.']));
  args.forEach((arg, index) => {
    if (/^-(exec|ok)(dir)?$/.test(arg)) {
      let end = index + 1;
      while (end < args.length && args[end] !== ';' && !(args[end] === '+' && args[end - 1] === '{}')) end += 1;
      const command = args.slice(index + 1, end);
      // What is found lies below where the search begins.
      const places = (starts.length > 0 ? starts : ['.']).map((start) => `${start}/found`);
      assessments.push(
        inquiry.words(command.flatMap((word) => (word === '{}' ? places : [word.replaceAll('{}', places[0] ?? '')]))),
      );
    }
    if (/^-fprint(0|f)?$|^-fls$/.test(arg)) assessments.push(overwriting(args[index + 1] ?? ''));
  });
  return worstOf(assessments);
};

const synchronise = (call: Call): Assessment | undefined => {
  if (hasOption(call, '-n', '--dry-run')) return found('network', 'rsync only shows what it would do.');
  const target = lastOf(call.operands);
  if (call.options.some((option) => /^--(del|remove-source)/.test(option)) && !isTemporary(target))
    return found('destructive', 'rsync deletes files that the other side does not have, or the sources.');
  if (call.operands.some((operand) => /^[^/]*:/.test(operand)))
    return found('network', 'rsync copies between machines.');
  return overwriting(target);
};

const archive = (call: Call): Assessment | undefined => {
  if (hasOption(call, '--remove-files')) return found('destructive', 'tar --remove-files deletes what it has packed.');
  const lists = hasOption(call, '-t', '--list') || /^[a-z]*t/.test(call.operands[0] ?? '');
  if (
    call.args.some(
      (arg) =>
        arg.startsWith('--to-command') ||
        arg.startsWith('--checkpoint-action=exec') ||
        arg.startsWith('--use-compress-program'),
    )
  )
    return found('unknown', 'tar is told to run another program.');
  const [folder] = valuesOf(call, '-C', '--directory');
  if (!lists && folder !== undefined && (isPrecious(folder) || folder === '/') && hasOption(call, '-x', '--extract'))
    return found('destructive', `tar unpacks over ${shown(folder)}.`);
  return lists ? SAFE : undefined;
};

const edit = (call: Call): Assessment => {
  if (!call.options.some((option) => /^-[a-zA-Z]*i|^--in-place/.test(option))) {
    return call.operands.some((operand) => /(^|;|\n)\s*[\d,$]*\s*e\b|\/e$/.test(operand))
      ? found('unknown', 'sed is told to run commands.')
      : SAFE;
  }
  return worstOf(call.operands.slice(hasOption(call, '-e', '-f', '--expression', '--file') ? 0 : 1).map(overwriting));
};

const IN_TEMPORARY = (call: Call): Assessment | undefined =>
  call.operands.length > 0 && call.operands.every(isTemporary)
    ? found('writes', `${call.name} changes temporary files.`)
    : undefined;

export const FILE_COMMANDS: readonly CommandRules[] = [
  { names: 'rm unlink srm trash-empty rimraf del-cli', judge: remove, otherwise: 'destructive' },
  {
    names: 'shred wipe',
    takes: '-n -s',
    judge: (call) => IN_TEMPORARY(call),
    otherwise: 'destructive',
    otherwiseReason: 'shred overwrites files so that nothing is left.',
  },
  { names: 'rmdir', otherwise: 'writes', otherwiseReason: 'rmdir removes folders that are empty.' },
  {
    names: 'cp mv install ln',
    takes: '-t --target-directory -m --mode -S --suffix -g -o',
    judge: placing,
    otherwise: 'writes',
  },
  { names: 'chmod chown chgrp setfacl', judge: rights, otherwise: 'writes' },
  { names: 'chattr', judge: rights, otherwise: 'writes' },
  { names: 'dd', judge: diskDump, otherwise: 'writes', ignoresHelp: true },
  { names: 'truncate', takes: '-s --size -r', judge: truncate, otherwise: 'writes' },
  {
    names: 'fallocate',
    takes: '-l -o',
    rules: [
      ['-p|--punch-hole|-z|--zero-range|-c|--collapse-range', 'destructive', 'fallocate takes content out of a file.'],
    ],
    otherwise: 'writes',
  },
  { names: 'find', judge: find, otherwise: 'safe', ignoresHelp: true },
  {
    names: 'rsync',
    takes: '-e --rsh --exclude --include -f --filter --rsync-path --password-file',
    judge: synchronise,
    otherwise: 'writes',
  },
  { names: 'tar bsdtar', takes: '-f -C --file --directory --exclude', judge: archive, otherwise: 'writes' },
  { names: 'sed gsed', judge: edit, otherwise: 'safe' },
  { names: 'tee sponge', judge: (call) => worstOf(call.operands.map(overwriting)), otherwise: 'writes' },
  {
    names: 'fd fdfind',
    takes: '-e -t -d -E',
    judge: (call, { words }) => {
      const at = call.args.findIndex((arg) => /^(-x|-X|--exec|--exec-batch)$/.test(arg));
      return at < 0 ? SAFE : words([...call.args.slice(at + 1), './found']);
    },
    otherwise: 'safe',
    ignoresHelp: true,
  },
  {
    names: 'zip',
    rules: [
      ['-m|--move', 'destructive', 'zip -m deletes what it has packed.'],
      ['-d|--delete', 'destructive', 'zip -d deletes from the archive.'],
    ],
    otherwise: 'writes',
  },
  { names: 'del erase', otherwise: 'destructive', otherwiseReason: 'del deletes files for good.' },
  { names: 'rd', otherwise: 'destructive', otherwiseReason: 'rd deletes folders.' },
  {
    names: 'Remove-Item ri Clear-Content Clear-Disk Format-Volume Remove-Partition Clear-RecycleBin',
    rules: [['-WhatIf', 'safe']],
    otherwise: 'destructive',
    otherwiseReason: 'It deletes files or empties disks.',
  },
  { names: 'format', otherwise: 'destructive', otherwiseReason: 'format makes a disk empty.' },
];
