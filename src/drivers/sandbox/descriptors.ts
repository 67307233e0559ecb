import { openSync, readFileSync, readdirSync } from 'node:fs';

const CLOSE_ON_EXEC = 0o2000000;

const survivesExec = (descriptor: string): boolean => {
  try {
    const flags = /^flags:\s+([0-7]+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'utf8'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0;
  } catch {
    return false;
  }
};

let covers: ('ignore' | number)[] | undefined;

/**
 * `stdio` entries from descriptor 4 on that put /dev/null over everything this process was itself started with. Node opens its
 * own descriptors so that children do not get them; what a careless parent left open (a folder, a socket) would otherwise
 * reach the program.
 */
export const coverInherited = (): ('ignore' | number)[] => {
  if (covers) return covers;
  const inherited = readdirSync('/proc/self/fd').filter(survivesExec).map(Number);
  const nothing = openSync('/dev/null', 'r');
  covers = Array.from({ length: Math.max(3, ...inherited) - 3 }, (_, index) =>
    inherited.includes(index + 4) ? nothing : 'ignore',
  );
  return covers;
};
