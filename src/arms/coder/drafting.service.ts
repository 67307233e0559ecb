import { Injectable } from '@nestjs/common';
import { OctoError } from '../../common/errors';
import type { CodeArtifact } from '../../contracts/outcome';
import type { Workbench } from '../../dispatch/arm.port';
import { countCases } from './test-cases';
import { type Aim, type Trial, faultsOf, isBetter } from './trial';
import { Trials, timeLeft } from './trials.service';

/** Rounds in which a model is shown what its draft lacks. */
export const MOST_ROUNDS = 2;
/** Faults shown to the model; each costs tokens. */
const MOST_FAULTS = 10;
/** A round may take longer than those before it: the prompt has grown. */
const SLOWER = 1.5;

/** A draft that has faults, for the round that is to settle them. */
export interface Failed {
  draft: Pick<CodeArtifact, 'code' | 'tests'>;
  failures: string[];
  /** Faults of an attempt at settling them that came out worse, and was dropped. */
  worse?: string[];
}

export interface Order extends Aim {
  /** Asks the model for a draft: the first, or one without the faults of an earlier. */
  ask(failed?: Failed): Promise<CodeArtifact>;
  /** Rounds of mending at most. */
  rounds: number;
  /** Cases of the tests that the work began with. */
  casesBefore?: number;
}

export interface Made {
  /** Of the best draft. */
  trial: Trial;
  /** Rounds that were spent, and those that it took to get to the best draft. */
  rounds: number;
  repairs: number;
  /** Most test cases that any draft had, when the best has fewer. */
  shrunkFrom?: number;
  /** Why the rounds ended although faults are left and rounds would have been. */
  stopped?: string;
}

/** What ends the mending and not the work: there is a draft already. */
const ENOUGH = new Set([
  'budget_exceeded',
  'model_reply_unusable',
  'model_timeout',
  'model_rate_limited',
  'model_unavailable',
  'model_request_refused',
]);

const fingerprint = ({ code, tests }: CodeArtifact): string => JSON.stringify([code.trim(), tests.trim()]);

/** Departures from a style are worth one round, and never one of their own later on. */
const open = (trial: Trial, aim: Aim, rounds: number): string[] => {
  const faults = faultsOf(trial, aim);
  return faults.length > 0 || rounds === 0 ? [...faults, ...trial.style] : [];
};

/** Has drafts made until one has no fault, or it is no use to go on; the best of them counts. */
@Injectable()
export class Drafting {
  constructor(private readonly trials: Trials) {}

  /** Errors: those of the model at the first draft; once there is one, only an abort and a question to a person. */
  async make(order: Order, bench: Workbench): Promise<Made> {
    const startedAt = Date.now();
    let best = await this.trials.try(await order.ask(), order, bench);
    const trials = [best];
    const seen = new Set([fingerprint(best.draft)]);
    let worse: Trial | undefined;
    let stopped: string | undefined;
    while (trials.length <= order.rounds && !bench.model.isDemonstration) {
      const failures = open(best, order, trials.length - 1).slice(0, MOST_FAULTS);
      if (failures.length === 0) break;
      const roundMs = (Date.now() - startedAt) / trials.length;
      if (timeLeft(bench) < roundMs * SLOWER) {
        stopped = 'too little time was left for another round';
        break;
      }
      bench.report('Mending what was found');
      const { code, tests } = best.draft;
      const failed = { draft: { code, tests }, failures, ...(worse && { worse: faultsOf(worse, order) }) };
      const next = await this.again(order, failed);
      if ('stopped' in next) {
        stopped = next.stopped;
        break;
      }
      if (seen.has(fingerprint(next.draft))) {
        trials.push(best);
        stopped = 'the model gave a draft again that it had given before';
        break;
      }
      seen.add(fingerprint(next.draft));
      const trial = await this.trials.try(next.draft, order, bench);
      trials.push(trial);
      const isProgress = isBetter(trial, best, order);
      worse = isProgress ? undefined : trial;
      if (isProgress) best = trial;
    }
    return {
      trial: best,
      rounds: trials.length - 1,
      repairs: trials.indexOf(best),
      ...shrunk(best, trials, order),
      ...(stopped !== undefined && { stopped }),
    };
  }

  private async again(order: Order, failed: Failed): Promise<{ draft: CodeArtifact } | { stopped: string }> {
    try {
      return { draft: await order.ask(failed) };
    } catch (error) {
      if (error instanceof OctoError && ENOUGH.has(error.code)) return { stopped: error.message.replace(/\.$/, '') };
      throw error;
    }
  }
}

const shrunk = (best: Trial, trials: readonly Trial[], order: Order): Pick<Made, 'shrunkFrom'> => {
  const cases = ({ draft }: Trial): number => countCases(draft.tests, draft.language);
  const most = Math.max(order.casesBefore ?? 0, ...trials.map(cases));
  return cases(best) < most ? { shrunkFrom: most } : {};
};
