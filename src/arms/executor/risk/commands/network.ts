import { type Assessment, found, worstOf } from '../assessment';
import { type Call, valuesOf } from '../call';
import { overwriting } from './files';
import type { CommandRules } from './command-rules';

const TALKS = 'It talks to other machines.';
const DELETES = 'A request with the method DELETE has a server delete something.';
/** Paths of well-known interfaces that delete although the method does not say so. */
const LOSING_PATH =
  /[/_.:-](?:do)?_?(?:delete|destroy|purge|flush|truncate|drop|wipe|close|shutdown|terminate|kill|quit|restart)(?:[-_]\w+|[A-Z]\w*|_?all)?(?=[/?#\s]|$)/i;
const LOSING_BODY =
  /"?(purge_everything|mutation[^}]*\bdelete\w*)"?|\b(DROP|TRUNCATE)\s+(TABLE|DATABASE|SCHEMA)\b|"remove_index"|\bdelete_(index|series)\b/i;

const curl = (call: Call): Assessment => {
  const { operands, args } = call;
  const methods = valuesOf(call, '-X', '--request', '--method');
  const bodies = valuesOf(
    call,
    '-d',
    '--data',
    '--data-raw',
    '--data-binary',
    '--data-urlencode',
    '--json',
    '--post-data',
    '--body-data',
  );
  const addresses = [...operands, ...valuesOf(call, '--url')];
  const isChange = methods.some((method) => /^(POST|PUT|PATCH)$/i.test(method)) || bodies.length > 0;
  if (
    methods.some((method) => /^(DELETE|PURGE|BAN)$/i.test(method)) ||
    args.some((arg) => /^-[a-zA-Z]*XDELETE$/.test(arg))
  )
    return found('destructive', DELETES);
  if (
    (isChange && addresses.some((address) => LOSING_PATH.test(address))) ||
    bodies.some((body) => LOSING_BODY.test(body))
  )
    return found('destructive', 'By its words the request has a server delete or stop something.');
  if (valuesOf(call, '-Q', '--quote').some((line) => /^-?\s*(dele|rmd|rm|rmdir)\b/i.test(line)))
    return found('destructive', DELETES);
  const files = valuesOf(call, '-o', '--output', ...(call.name === 'wget' ? ['-O', '--output-document'] : []));
  return worstOf([found('network', TALKS), ...files.filter((file) => file !== '-').map(overwriting)]);
};

const httpie = ({ operands }: Call): Assessment | undefined =>
  operands[0]?.toUpperCase() === 'DELETE' ? found('destructive', DELETES) : undefined;

const copyOver = (call: Call): Assessment =>
  worstOf([
    found('network', 'It copies between machines.'),
    ...call.operands.slice(-1).map((target) => overwriting(target.replace(/^[^/]*:(?=\/)/, ''))),
  ]);

export const NETWORK_COMMANDS: readonly CommandRules[] = [
  {
    names: 'curl wget',
    takes:
      '-X -H -d -o -u -A -e -m -T -F -b -c -x -Q -K -w -r --request --header --data --data-raw --data-binary --json --output --user --url --method --post-data --body-data --max-time --quote --proxy --retry --cacert',
    judge: curl,
    otherwise: 'network',
  },
  { names: 'http https xh curlie', takes: '-a -A -o -h', judge: httpie, otherwise: 'network', otherwiseReason: TALKS },
  { names: 'scp', takes: '-P -i -o -F -J -l -c -S', judge: copyOver, otherwise: 'network' },
  {
    names:
      'dig nslookup host whois ping ping6 traceroute tracepath mtr nmap nc ncat netcat socat telnet ftp sftp lftp tftp aria2c yt-dlp lynx w3m links ab wrk hey k6 siege httping iperf iperf3 arp-scan masscan tcpdump fetch git-lfs grpcurl websocat smbclient ldapsearch snmpwalk swaks mail mailx sendmail mutt msmtp sshfs ssh-copy-id ssh-keyscan autossh mosh',
    otherwise: 'network',
    otherwiseReason: TALKS,
  },
  { names: 'ldapdelete', otherwise: 'destructive', otherwiseReason: 'It deletes from a directory.' },
];
