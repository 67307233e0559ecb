import { type ArgumentRule, beforeDashes } from './argument.rule';

/** `-f FILE`, also joined to letters that take no value, and `--file`, which may be shortened. */
const PATTERN_FILE = /^(?:--fil?e?|-[^-efABCmdD]*f)(?:=?(.+))?$/;
const ENDLESS = /^\/+(dev|proc|sys)\//;

/** `grep` takes its patterns from files, not from what never ends: it reads all of them before it looks at anything. */
export const grepRule: ArgumentRule = (args) => {
  const words = beforeDashes(args);
  const at = words.findIndex((word, index) => {
    const match = PATTERN_FILE.exec(word);
    return match !== null && ENDLESS.test(match[1] ?? words[index + 1] ?? '');
  });
  return at < 0
    ? undefined
    : `${(words[at] ?? '').slice(0, 20)}: patterns may come from a file, not from a device; use -e`;
};
