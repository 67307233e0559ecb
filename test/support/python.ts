import { spawnSync } from 'node:child_process';

/** Runs a program with the python3 of this machine, outside of any sandbox of ours: for code whose text is known to be harmless. */
const python = (program: string, input: string): string => {
  const { status, stdout, stderr, error } = spawnSync('python3', ['-c', program], { input, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`python3 ended with ${status}: ${stderr}`);
  return stdout;
};

/** Throws unless Python's own compiler accepts the text. */
export const compilePython = (code: string): void =>
  void python('import sys; compile(sys.stdin.read(), "code.py", "exec")', code);

const CALL_ALL_TESTS = `
import sys
scope = {"__name__": "proof"}
exec(compile(sys.stdin.read(), "proof.py", "exec"), scope)
tests = [value for name, value in scope.items() if name.startswith("test_") and callable(value)]
for test in tests:
    test()
print(len(tests))
`;

/** Calls every `test_` function of a program; throws when one fails, else tells how many there were. */
export const callPythonTests = (code: string, tests: string): number =>
  Number(python(CALL_ALL_TESTS, `${code}\n\n${tests}`));
