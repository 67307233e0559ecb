import type { CommandRules } from './command-rules';

const FIREWALL = 'It takes down rules that protect the machine, or its connection.';

export const FIREWALL_COMMANDS: readonly CommandRules[] = [
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
];
