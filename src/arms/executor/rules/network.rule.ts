import { servingOnly } from './argument.rule';

/** `dig` asks for names. Its other options read names or keys from files, which would be sent to a server of the caller's choice. */
export const digRule = servingOnly(
  [
    /^-[46qutcxp]$/,
    /^-x\S+$/,
    /^-[tcp]\w+$/,
    /^\+(no)?(short|all|answer|comments|stats|question|authority|additional|recurse|dnssec|tcp|trace|cmd|multiline)$/,
    /^\+(time|tries|retry)=\d{1,2}$/,
  ],
  '-4 -6 -q -t -c -x -p +short +trace +tcp and their like',
);

/** `nmap` looks for open ports. Its scripts run programs, and many of its options read or write files. */
export const nmapRule = servingOnly(
  [
    /^-(sT|sV|sn|Pn|n|F|4|6|v{1,2}|p|T[0-4])$/,
    /^-p[\d,TU:-]+$/,
    /^--(open|reason|top-ports|max-retries|host-timeout|version-light)(=\w+)?$/,
  ],
  '-sT -sV -sn -Pn -n -F -p -T0…-T4 -v --open --reason --top-ports --max-retries --host-timeout',
);
