import { digRule, nmapRule } from './network.rule';

it.each([
  'example.com',
  '-t MX example.com',
  '+short example.com AAAA',
  '-x 192.0.2.7',
  '@192.0.2.1 example.com +time=2',
])('lets dig %s pass', (line) => expect(digRule(line.split(' '))).toBeUndefined());

it.each(['-f names', '-fnames', '-k key', '-y hmac:name:key', '-b 127.0.0.1 x', '-r x', '+https x', '-m x'])(
  'refuses dig %s',
  (line) => expect(digRule(line.split(' '))).toMatch(/^[-+]\w+: not among/),
);

it.each(['192.0.2.7', '-sT -p 22,80-90 192.0.2.7', '-Pn -n -T3 --open --top-ports=20 192.0.2.0/28'])(
  'lets nmap %s pass',
  (line) => expect(nmapRule(line.split(' '))).toBeUndefined(),
);

it.each([
  '--script=http-put x',
  '--script x y',
  '-sC x',
  '-A x',
  '-iL list',
  '-oN out x',
  '-oA out x',
  '--resume log',
  '--datadir . x',
  '--interactive',
  '--stylesheet x y',
  '--excludefile /etc/passwd x',
  '-sS x',
  '-T5 x',
])('refuses nmap %s', (line) => expect(nmapRule(line.split(' '))).toMatch(/^-\S+: not among/));
