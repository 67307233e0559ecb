import { type Assessment, found, worstOf } from '../assessment';
import { type Call, hasOption } from '../call';
import type { Tool } from './tool';

const DISK = 'It deletes or overwrites a disk, a volume or a file system.';
const STOPS = 'It stops a service that others use.';
const ACCOUNT = 'It takes away an account, or access to it.';
const FIREWALL = 'It takes down rules that protect the machine, or its connection.';
const ENDS = 'It ends the machine, or starts it anew.';

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

export const SYSTEM_TOOLS: readonly Tool[] = [
  {
    names:
      'mkfs mke2fs mkswap mkdosfs mkntfs newfs wipefs blkdiscard lvremove vgremove pvremove lvreduce pvmove fdformat newfs_msdos luksFormat',
    rules: [['-n|--no-act|--dry-run', 'safe']],
    otherwise: 'destructive',
    otherwiseReason: DISK,
  },
  {
    names: 'fdisk sfdisk gdisk sgdisk cfdisk parted gpart diskpart',
    rules: [
      ['-l|--list', 'safe'],
      ['… print', 'safe'],
    ],
    otherwise: 'destructive',
    otherwiseReason: DISK,
  },
  {
    names: 'diskutil',
    rules: [
      ['list|info', 'safe'],
      ['erase*|partition*|reformat|zeroDisk|secureErase|apfs', 'destructive', DISK],
    ],
    otherwise: 'writes',
  },
  {
    names: 'zpool zfs btrfs lvm mdadm cryptsetup nvme hdparm',
    rules: [
      [
        '… destroy|rollback|delete|labelclear|remove|detach|offline|luksErase|luksFormat|erase|luksKillSlot|luksRemoveKey|format|sanitize|lvremove|vgremove|pvremove|export',
        'destructive',
        DISK,
      ],
      [
        '--stop|--zero-superblock|--fail|--remove|--create|--security-erase|--security-erase-enhanced|--trim-sector-ranges',
        'destructive',
        DISK,
      ],
      ['… list|status|show|get|iostat|luksDump|isLuks|subvolume', 'safe'],
    ],
    otherwise: 'unknown',
  },
  { names: 'badblocks', rules: [['-w|-n', 'destructive', DISK]], otherwise: 'safe' },
  {
    names: 'fsck e2fsck xfs_repair resize2fs tune2fs debugfs',
    rules: [
      ['-n', 'safe'],
      ['-L', 'destructive', DISK],
    ],
    otherwise: 'unknown',
  },
  {
    names: 'umount swapoff losetup',
    rules: [['-f|--force|-l|--lazy|-a|--all|-D', 'destructive', 'It takes file systems away while they are used.']],
    otherwise: 'writes',
  },
  { names: 'mount swapon', otherwise: 'writes' },
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
    names: 'crontab',
    rules: [
      ['-r|--remove', 'destructive', 'crontab -r deletes the whole plan of jobs.'],
      ['-l', 'safe'],
    ],
    takes: '-u',
    otherwise: 'writes',
  },
  { names: 'atrm', otherwise: 'destructive', otherwiseReason: 'It deletes planned jobs.' },
  {
    names: 'iptables ip6tables ebtables arptables',
    rules: [
      ['-F|-X|-D|-Z|--flush|--delete|--delete-chain', 'destructive', FIREWALL],
      ['-P DROP|ACCEPT|REJECT', 'destructive', FIREWALL],
      ['-P|--policy', 'destructive', FIREWALL],
      ['-L|-S|--list', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'iptables-restore nft ufw firewall-cmd pfctl ipset',
    rules: [
      ['… flush|delete|destroy|disable|reset|drop', 'destructive', FIREWALL],
      ['-F|-d|-X', 'destructive', FIREWALL],
      ['--remove-service|--remove-port|--panic-on|--complete-reload', 'destructive', FIREWALL],
      ['… status|list', 'safe'],
      ['-s|--list-all|--state', 'safe'],
    ],
    otherwise: 'writes',
  },
  {
    names: 'ip ifconfig route nmcli netplan ethtool',
    rules: [
      ['… flush|del|delete|down|off', 'destructive', FIREWALL],
      ['… set + down', 'destructive', FIREWALL],
      ['… set dev + down', 'destructive', FIREWALL],
    ],
    otherwise: 'safe',
  },
  { names: 'ifdown', otherwise: 'destructive', otherwiseReason: FIREWALL },
  {
    names: 'history',
    rules: [['-c|-d|-w', 'destructive', 'It deletes the record of what was run.']],
    otherwise: 'safe',
  },
  { names: 'kill', judge: kill, otherwise: 'writes' },
  { names: 'pkill killall skill', judge: killByName, otherwise: 'writes' },
  { names: 'killall5', otherwise: 'destructive', otherwiseReason: 'It ends every process.' },
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
  { names: 'Stop-Computer Restart-Computer', otherwise: 'destructive', otherwiseReason: ENDS },
  { names: 'Stop-Process Stop-Service Remove-Service', otherwise: 'destructive', otherwiseReason: STOPS },
];
