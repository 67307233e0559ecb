import type { CommandRules } from './command-rules';

export const SYSTEM_COMMANDS: readonly CommandRules[] = [
  {
    names: 'history',
    rules: [['-c|-d|-w', 'destructive', 'It deletes the record of what was run.']],
    otherwise: 'safe',
  },
  {
    names: 'sysctl modprobe insmod rmmod setenforce setsebool',
    rules: [
      ['-a|-n|--all', 'safe'],
      ['-r|-f|--remove', 'destructive', 'It takes a part of the kernel away.'],
      ['0|Permissive', 'destructive', 'It switches a protection off.'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'journalctl',
    rules: [['--vacuum-size|--vacuum-time|--vacuum-files|--rotate', 'destructive', 'It deletes logs.']],
    otherwise: 'safe',
  },
  {
    names: 'logrotate',
    rules: [
      ['-f|--force', 'writes'],
      ['-d|--debug', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'tmutil vssadmin wbadmin bcdedit',
    rules: [
      [
        '… delete|Delete|deletelocalsnapshots|disable',
        'destructive',
        'It deletes backups or what the machine starts by.',
      ],
      ['/set|/delete', 'destructive', 'It deletes what the machine starts by.'],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'reg wmic schtasks sc net netsh taskkill',
    rules: [['… delete|/delete|stop|reset|/f', 'destructive', 'It deletes or stops a part of the system.']],
    otherwise: 'unknown',
  },
];
