import { join } from 'node:path';
import { ThreadDied, ThreadTimeout, Threads } from '../../../common/threads';
import assessHere, { type AssessmentJob } from './assess.worker';
import { type Assessment, found } from './assessment';

/** Characters. What was written to be slow takes some 20 ms at this length on a busy machine, and seconds at the longest. */
const LONGEST_HERE = 1_000;
const SIZE = { size: 2, memoryMb: 256 };
const PATIENCE_MS = 5_000;

let threads: Threads<AssessmentJob, Assessment> | undefined;

const lengthOf = (job: AssessmentJob): number =>
  'words' in job ? job.words.reduce((total, word) => total + word.length, 0) : job.source.length;

/**
 * What may come of it, judged by its words alone; long ones in a thread, so that nobody else waits meanwhile. What cannot be
 * judged in reasonable time and memory counts as destructive. Errors: the signal's reason.
 */
export const assessApart = async (job: AssessmentJob, signal: AbortSignal): Promise<Assessment> => {
  if (lengthOf(job) <= LONGEST_HERE) return assessHere(job);
  threads ??= new Threads(join(__dirname, 'assess.worker'), SIZE);
  try {
    return await threads.run(job, { timeoutMs: PATIENCE_MS, signal });
  } catch (error) {
    if (error instanceof ThreadTimeout || error instanceof ThreadDied) {
      return found('destructive', 'It is so involved that nobody can tell in time what it does.');
    }
    throw error;
  }
};
