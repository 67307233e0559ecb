/** As much of an execution as people are told. */
export interface Printed {
  stdout: string;
  exitCode: number;
  /** Files that it made or changed. */
  artifacts: readonly { path: string }[];
}

/** What an execution told: what it printed, else how it ended and what it left. A command may well have nothing to say. */
export const printedText = ({ stdout, exitCode, artifacts }: Printed): string => {
  if (stdout.trim() !== '') return stdout;
  const files = artifacts.map(({ path }) => path).join(', ');
  return `Nothing was printed; the exit code is ${exitCode}.${files === '' ? '' : ` Files made or changed: ${files}.`}`;
};
