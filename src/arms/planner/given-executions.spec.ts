import { givenExecutions } from './given-executions';

const shell = (command: string) => ({ actionType: 'shell', command });

describe('what a goal writes down to be run', () => {
  it.each([
    ["Run `python3 -c 'print(1)'`", [shell("python3 -c 'print(1)'")]],
    ['Please execute `ls -l`, then `cat a.txt`.', [shell('ls -l'), shell('cat a.txt')]],
    ['Run `a`. Then run `b`', [shell('a'), shell('b')]],
    ['Run these commands:\n```sh\n$ echo a\n# a comment\n\necho b\n```', [shell('echo a'), shell('echo b')]],
    ['Run this:\n```\necho a\n```', [shell('echo a')]],
    [
      'Run this program:\n```python\nfor i in range(2):\n    print(i)\n```',
      [{ actionType: 'python', command: 'for i in range(2):\n    print(i)' }],
    ],
    ['Run this Python program: `print(6 * 7)`', [{ actionType: 'python', command: 'print(6 * 7)' }]],
    ['Execute this JavaScript:\n```\nconsole.log(1)\n```', [{ actionType: 'javascript', command: 'console.log(1)' }]],
    ['Run\n```ts\nconst a: number = 1;\n```', [{ actionType: 'typescript', command: 'const a: number = 1;' }]],
    ['The file is `a.txt`. Run `cat a.txt` on it', [shell('cat a.txt')]],
    // What is asked for is what counts, not what stands in the code.
    ['Run `echo do not write`', [shell('echo do not write')]],
  ])('%j', (goal, executions) => {
    expect(givenExecutions(goal)).toEqual(executions);
  });

  it.each([
    'Run the backup and validate it',
    'Do not run `rm -rf /`',
    "Don't run `ls`",
    'Write a function that can run `ls`',
    'Why does it fail when I run `make`?',
    'Explain what happens when you execute `ls`',
    'Run `` now',
    'Run ``` ``` now',
    'What is `ls`?',
    'Should I run `ls`?',
    'Run it. The tool is called `ls`',
  ])('nothing in %j', (goal) => {
    expect(givenExecutions(goal)).toEqual([]);
  });
});
