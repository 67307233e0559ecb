import { type Assessment, found, worstOf } from '../assessment';
import { type Call, hasOption } from '../call';
import type { CommandRules } from './command-rules';

const EVERYTHING = /^(-1|0|1)$/;

const kill = ({ args }: Call): Assessment => {
  const targets = args.filter((arg, index) => !/^-(?!1$)/.test(arg) || (arg === '-1' && index > 0));
  if (args.includes('-l') || args.includes('-L')) return found('safe');
  if (
    targets.some((target) => EVERYTHING.test(target)) &&
    !(targets.length === 1 && args[0] === '-1' && args.length > 1 && args[1] !== '-1')
  )
    return found('destructive', 'kill ends every process, or the first one, on which all rest.');
  return found('writes', 'kill ends a process.');
};

const killByName = (call: Call): Assessment => {
  if (hasOption(call, '-0', '-l')) return found('safe');
  const isHard =
    call.args.some((arg) => /^-(9|KILL|SIGKILL|s?KILL)$/i.test(arg)) ||
    call.args.some((arg) => /^(-[uU]|-u\w+|--(euid|uid|user)(=.*)?)$/.test(arg));
  return isHard
    ? found('destructive', `${call.name} ends every process that fits, without letting it save.`)
    : found('writes', `${call.name} ends every process that fits.`);
};

export const PROCESS_COMMANDS: readonly CommandRules[] = [
  {
    names: 'crontab',
    rules: [
      ['-r|--remove', 'destructive', 'crontab -r deletes the whole plan of jobs.'],
      ['-l', 'safe'],
    ],
    takes: '-u',
    otherwise: 'writes',
  },
  { names: 'atrm', otherwise: 'destructive', otherwiseReason: 'It deletes planned jobs.' },
  { names: 'kill', judge: kill, otherwise: 'writes' },
  { names: 'pkill killall skill', judge: killByName, otherwise: 'writes' },
  { names: 'killall5', otherwise: 'destructive', otherwiseReason: 'It ends every process.' },
  {
    names: 'tmux',
    takes: '-s -n -t -c -x -y -L -S -f -F',
    judge: (call, { line }) =>
      /^(new|neww|new-session|new-window|split-window|splitw|send|send-keys|respawn-pane|respawn-window|run|run-shell)$/.test(
        call.operands[0] ?? '',
      ) && call.operands.length > 1
        ? worstOf([found('unknown'), line(call.operands.slice(1).join(' '))])
        : undefined,
    rules: [
      ['kill-server|kill-session|kill-window|kill-pane', 'destructive', 'It ends whatever runs within.'],
      ['ls|list-sessions', 'safe'],
    ],
    otherwise: 'unknown',
  },
];
