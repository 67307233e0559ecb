import { Script, createContext } from 'node:vm';

const call = new Script('work()');

/**
 * Does synchronous work and breaks it off when it takes longer. For what other people may have made to take for ever;
 * everything else in the process stands still meanwhile.
 * @returns what the work returns, or undefined when it was broken off.
 */
export const withinTime = <T extends object>(milliseconds: number, work: () => T): T | undefined => {
  try {
    return call.runInContext(createContext({ work }), { timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
};
