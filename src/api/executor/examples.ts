/** Requests shown in the documentation. Each one works as it stands. */
export const EXECUTE_EXAMPLES = {
  shell: {
    summary: 'A command with arguments',
    value: {
      action_type: 'shell',
      command: 'echo',
      args: ['hello'],
      timeout_seconds: 10,
      capability_token: 'tok_example',
    },
  },
  line: { summary: 'A whole line; no shell reads it', value: { command: 'ls -la /tmp', timeout: 10 } },
  python: {
    summary: 'A Python program',
    value: { command_type: 'python', command: 'print(sum(range(10)))', timeout_seconds: 10, allow_network: false },
  },
  typescript: {
    summary: 'A TypeScript program',
    value: { action_type: 'typescript', code: 'const n: number = 6;\nconsole.log(n * 7);', timeout_seconds: 10 },
  },
  quickjs: {
    summary: 'Short JavaScript without a process',
    value: { action_type: 'javascript', engine: 'quickjs', command: 'return input.n * 2;', input: { n: 21 } },
  },
  files: {
    summary: 'A program among files of its own',
    value: {
      action_type: 'python',
      code: 'open("out.txt", "w").write(open("in.txt").read().upper())',
      files: { 'in.txt': 'hello' },
    },
  },
  code: { summary: 'The same as code', value: { action_type: 'python', code: 'print("hello")', timeout_seconds: 10 } },
};
