import { OctoError } from '../../common/errors';
import { NOTHING_RECALLED, type Recalled, type Solved } from './solved-problems.service';

/**
 * Asks with the solved problems at hand, or without them where the budget has room for the question alone; `holder.recalled`
 * then holds none any more.
 */
export const withinBudget = async <T>(
  holder: { recalled: Recalled },
  ask: (solved: Solved[]) => Promise<T>,
): Promise<T> => {
  try {
    return await ask(holder.recalled.shown);
  } catch (error) {
    const isTooMuch = error instanceof OctoError && error.code === 'budget_exceeded';
    if (!isTooMuch || holder.recalled.shown.length === 0) throw error;
    holder.recalled = NOTHING_RECALLED;
    return ask([]);
  }
};
