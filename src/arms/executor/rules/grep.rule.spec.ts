import { grepRule } from './grep.rule';

it.each([
  '-f /dev/zero x',
  '-f/dev/urandom x',
  '-rf /dev/zero x',
  '-inf/dev/zero x',
  '--file=/dev/zero x',
  '--file /proc/kmsg x',
  '--fi=//dev/zero x',
])('refuses grep %s', (line) => expect(grepRule(line.split(' '))).toMatch(/^-\S+: patterns may come/));

it.each([
  '-f patterns x',
  '-rn --include=*.ts needle .',
  '-e f /dev/null',
  '-A3 f x',
  'f /dev/zero',
  '-F a x',
  '-- -f /dev/zero',
  '-m1 x y',
  '-fx /dev/null',
])('lets grep %s pass', (line) => expect(grepRule(line.split(' '))).toBeUndefined());
