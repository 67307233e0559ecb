import type { CommandRules } from './command-rules';

const STOPS = 'It stops a service that others use.';
const ENDS = 'It ends the machine, or starts it anew.';

export const SERVICE_COMMANDS: readonly CommandRules[] = [
  {
    names: 'shutdown reboot halt poweroff init telinit',
    rules: [
      ['-c', 'safe'],
      ['--show', 'safe'],
    ],
    otherwise: 'destructive',
    otherwiseReason: ENDS,
  },
  {
    names: 'systemctl rc-service',
    takes: '-t -H -M',
    rules: [
      ['stop|disable|mask|kill|isolate|revert|clean', 'destructive', STOPS],
      ['reboot|poweroff|halt|rescue|emergency|kexec|suspend|hibernate|exit|default|switch-root', 'destructive', ENDS],
      ['restart|try-restart|reload-or-restart|condrestart', 'writes', 'It restarts a service.'],
      ['+ stop', 'destructive', STOPS],
      ['status|list-*|show|is-*|cat|get-default|help', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names:
      'service supervisorctl pm2 initctl launchctl sv svc s6-svc monit rc-update update-rc.d chkconfig apachectl apache2ctl invoke-rc.d',
    rules: [
      [
        '… stop|disable|remove|delete|del|kill|off|unload|bootout|unmonitor|down|shutdown|graceful-stop|flush',
        'destructive',
        STOPS,
      ],
      ['-d', 'destructive', STOPS],
      ['… status|list|ls|logs|print', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'nginx haproxy caddy traefik',
    rules: [
      ['-s=stop|-s=quit', 'destructive', STOPS],
      ['stop|shutdown', 'destructive', STOPS],
      ['-t|-T|-v|-V', 'safe'],
    ],
    takes: '-c -p -g -s',
    otherwise: 'writes',
  },
  { names: 'Stop-Computer Restart-Computer', otherwise: 'destructive', otherwiseReason: ENDS },
  { names: 'Stop-Process Stop-Service Remove-Service', otherwise: 'destructive', otherwiseReason: STOPS },
];
