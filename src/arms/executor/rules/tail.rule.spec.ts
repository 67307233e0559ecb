import { tailRule } from './tail.rule';

it.each([
  '-f x',
  '-F x',
  '-fn5 x',
  '-n 5 -f x',
  '-qf x',
  '-5f x',
  '--follow x',
  '--follow=name x',
  '--fol x',
  '--retry x',
  '--pid=1 x',
])('refuses tail %s', (line) => expect(tailRule(line.split(' '))).toMatch(/^-\S+: waits for more/));

it.each(['x', '-n 5 x', '-n5 x', '-c 20 x', '-q a b', '--lines=3 x', '-- -f', 'of', '-z x'])(
  'lets tail %s pass',
  (line) => expect(tailRule(line.split(' '))).toBeUndefined(),
);
