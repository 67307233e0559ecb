import { splitLine } from './split-line';

it.each<[string, string[] | undefined]>([
  ['ls -la /tmp', ['ls', '-la', '/tmp']],
  ['  echo \t hello \n world ', ['echo', 'hello', 'world']],
  [`echo "a b" 'c d'`, ['echo', 'a b', 'c d']],
  [`echo a"b c"'d e'f`, ['echo', 'ab cd ef']],
  [`echo "" ''`, ['echo', '', '']],
  ['echo a\\ b \\"', ['echo', 'a b', '"']],
  [`echo "say \\"hi\\" \\n \\\\"`, ['echo', 'say "hi" \\n \\']],
  [`echo '\\'`, ['echo', '\\']],
  ['echo $(id) `id` | cat > x; rm *', ['echo', '$(id)', '`id`', '|', 'cat', '>', 'x;', 'rm', '*']],
  [`python3 -c "print('x')"`, ['python3', '-c', "print('x')"]],
  ['', []],
  ['   ', []],
  [`echo 'open`, undefined],
  ['echo "open', undefined],
  ['echo \\', undefined],
])('%j is %j', (line, words) => expect(splitLine(line)).toEqual(words));

it('takes time in proportion to the line', () => {
  const started = process.cpuUsage();
  splitLine(`"${'\\a'.repeat(100_000)}`);
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(1_000);
});
