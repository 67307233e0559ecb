import { Injectable } from '@nestjs/common';
import { UserError } from '../../common/errors';
import { type Caller, isAllowed } from '../../contracts/caller';
import type { Inspection, InspectOptions } from '../../contracts/inspection';
import type { TaskRecord } from '../../contracts/record';
import { IntakePort } from '../../intake/intake.port';
import { AnswerCache, type CachedAnswer } from '../../memory/answers/answers.service';

/** An inspection, and the answer that is known already to the text it looked at. */
export interface AnsweredInspection extends Inspection {
  /** Set when the decision is `cache_hit`. */
  answer?: CachedAnswer;
}

/** The id of a task, whole; the part that names it in the store is captured. */
const TASK_ID = /(?:task_([A-Za-z0-9]{16})|(?:task-)?([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}))/i;

/** What a text comes to once it has been looked through: what is known of it already. */
@Injectable()
export class KnownAnswers {
  constructor(
    private readonly intake: IntakePort,
    private readonly answers: AnswerCache,
  ) {}

  /** Adds the answer to the same question, or the state of the task that is asked for. */
  async added(
    text: string,
    inspection: Inspection,
    options: InspectOptions,
    caller: Caller,
  ): Promise<AnsweredInspection> {
    const from = performance.now();
    const known = await this.known(text, inspection, options, caller);
    return { ...inspection, ...known, durationMs: inspection.durationMs + performance.now() - from };
  }

  private async known(
    text: string,
    inspection: Inspection,
    options: InspectOptions,
    caller: Caller,
  ): Promise<Partial<AnsweredInspection>> {
    const { reply, decision } = inspection;
    if (reply?.pattern === 'task_status' && isAllowed(caller, 'task:read'))
      return { reply: { ...reply, text: (await this.stateOf(text)) ?? reply.text } };
    if (decision !== 'forward_to_orchestrator' || !isWorthAsking(inspection, options)) return {};
    const { tenant, checkPii, checkInjection } = options;
    const bare = { constraints: [], acceptanceCriteria: [], context: {} };
    const answer = await this.answers.find({ tenant, goal: text, ...bare, checkPii, checkInjection });
    return answer === undefined ? {} : { decision: 'cache_hit', answer, confidence: answer.confidence };
  }

  private async stateOf(text: string): Promise<string | undefined> {
    const [name, key, uuid] = TASK_ID.exec(text) ?? [];
    const id = key ?? uuid?.toLowerCase();
    if (name === undefined || id === undefined) return undefined;
    try {
      return stateIn(name, await this.intake.get(id));
    } catch (error) {
      if (error instanceof UserError && error.code === 'resource_not_found') return `There is no task ${name}.`;
      throw error;
    }
  }
}

/** What had to be replaced in a goal is not asked for: its answer would be one to another question. */
const isWorthAsking = ({ pii }: Inspection, { useCache, context = {} }: InspectOptions): boolean =>
  useCache &&
  Object.keys(context).length === 0 &&
  !pii.some(({ severity, isExample }) => severity !== 'low' && !isExample);

const stateIn = (name: string, { status, stepsCompleted, stepsTotal, waitingFor }: TaskRecord): string => {
  const progress = stepsTotal === 0 ? '' : ` (${stepsCompleted} of ${stepsTotal} steps)`;
  return `Task ${name} is ${status}${progress}${waitingFor === null ? '' : `; it waits for ${waitingFor}`}.`;
};
