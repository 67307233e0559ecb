import type { CommandRules } from './command-rules';

const ACCOUNT = 'It takes away an account, or access to it.';

export const ACCOUNT_COMMANDS: readonly CommandRules[] = [
  { names: 'userdel groupdel deluser delgroup', otherwise: 'destructive', otherwiseReason: ACCOUNT },
  {
    names: 'passwd usermod chage gpasswd pw dscl',
    rules: [
      ['-d|-l|-L|-e|--delete|--lock|--expire', 'destructive', ACCOUNT],
      ['… del|delete|userdel|groupdel', 'destructive', ACCOUNT],
    ],
    otherwise: 'writes',
  },
  {
    names: 'gpg gpg2',
    takes: '-u -r -o --output',
    rules: [
      [
        '--delete-key|--delete-keys|--delete-secret-key|--delete-secret-keys|--delete-secret-and-public-key',
        'destructive',
        'It deletes keys.',
      ],
    ],
    otherwise: 'writes',
  },
  {
    names: 'ssh-keygen',
    takes: '-f -t -b -C -N -P -m',
    rules: [
      ['-R', 'writes'],
      ['-l|-y|-F|-B', 'safe'],
    ],
    otherwise: 'writes',
  },
  { names: 'ssh-add', rules: [['-D|-d', 'writes', 'It forgets keys until they are loaded again.']], otherwise: 'safe' },
  {
    names: 'security keytool pass secret-tool',
    rules: [
      ['… delete|delete-*|rm|remove|clear', 'destructive', 'It deletes keys or passwords.'],
      ['-delete', 'destructive', 'It deletes keys.'],
    ],
    otherwise: 'unknown',
  },
];
