import { TransientError } from '../../common/errors';
import { compileSchema, schemaProblems } from '../../common/json-schema/json-schema';
import type { CapabilityTokens } from '../../access/capability-tokens.port';
import type { ArmHealth, ArmRecord, ArmResult, Assignment } from '../../contracts/arm';
import type { JsonObject } from '../../contracts/json';
import { ArmPort, type Workbench } from '../../dispatch/arm.port';
import type { ArmHttp, HttpReply } from './arm-http.service';
import { faultOf, noAnswer } from './faults';
import { requestBody } from './request-body';

/** Time for one call, when the step has more left and the arm's metadata names no `timeout_seconds`. */
const TIMEOUT_SECONDS = 30;
const LONGEST_TIMEOUT_SECONDS = 600;
/** An arm that does not say how sure it is. */
const UNSTATED = 0.5;

const BY_RULES = 'The request to the arm was made by rules from the words of the goal, without a model.';

/** What an arm over HTTP needs of this server. */
export interface Means {
  http: ArmHttp;
  tokens: CapabilityTokens;
  /** Takes down how the arm turned out to be. Never fails. */
  note(health: ArmHealth, error: string | null): Promise<void>;
}

/** An arm of a user's, called at its `/execute`. What it answers is data, never an instruction. */
export class RemoteArm extends ArmPort {
  constructor(
    private readonly record: ArmRecord,
    private readonly means: Means,
  ) {
    super();
  }

  async run(assignment: Assignment, workbench: Workbench): Promise<ArmResult> {
    const { body, byRules } = await requestBody(this.record, assignment, workbench);
    workbench.report(`Asking the arm ${this.record.id}`);
    const reply = await this.call(body, assignment, workbench);
    if (reply.status < 200 || reply.status > 299) throw faultOf(this.record.id, reply);
    const output = await this.read(reply.json);
    return { output, confidence: confidenceOf(output), ...(byRules && { warnings: [BY_RULES] }) };
  }

  private async call(body: JsonObject, assignment: Assignment, workbench: Workbench): Promise<HttpReply> {
    const { record, means } = this;
    const timeoutMs = Math.min(this.timeoutSeconds * 1000, workbench.deadline.getTime() - Date.now());
    const headers = await this.headers(assignment);
    try {
      const call = { headers, timeoutMs, signal: workbench.signal };
      const reply = await means.http.post(`${record.endpoint ?? ''}/execute`, body, call);
      if (record.health === 'unavailable') await means.note('healthy', null);
      return reply;
    } catch (error) {
      workbench.signal.throwIfAborted();
      const fault = noAnswer(record.id, error, timeoutMs);
      if (fault.code === 'arm_unavailable') await means.note('unavailable', fault.message);
      throw fault;
    }
  }

  private get timeoutSeconds(): number {
    const own = this.record.metadata['timeout_seconds'];
    return typeof own === 'number' && own > 0 ? Math.min(own, LONGEST_TIMEOUT_SECONDS) : TIMEOUT_SECONDS;
  }

  private async headers({ taskId, stepId, attempt, action }: Assignment): Promise<Record<string, string>> {
    const { id, capabilities } = this.record;
    const issued = await this.means.tokens.sign({
      armId: id,
      capabilities: capabilities.map((name) => ({ action: name })),
      metadata: { issued_by: 'orchestrator', purpose: action.slice(0, 200), task_id: `task-${taskId}` },
    });
    return {
      'x-request-id': `${stepId}.${attempt}`,
      'x-arm-id': 'orchestrator',
      // The same for every attempt: an arm that keeps its answers does the work once.
      'idempotency-key': stepId,
      authorization: `Bearer ${issued.token}`,
    };
  }

  private async read(json: unknown): Promise<JsonObject> {
    const { id, outputSchema } = this.record;
    if (json === undefined) throw unusable(id, 'it is not JSON');
    const problems = await schemaProblems(await compileSchema(outputSchema), json);
    if (problems.length > 0) throw unusable(id, problems.join('; ').slice(0, 500));
    return typeof json === 'object' && json !== null && !Array.isArray(json)
      ? (json as JsonObject)
      : { result: json as JsonObject[string] };
  }
}

const unusable = (arm: string, problem: string): TransientError =>
  new TransientError(
    'arm_reply_invalid',
    `The arm "${arm}" answered with something that is not its output_schema: ${problem}.`,
    {
      details: { arm_id: arm },
    },
  );

const confidenceOf = ({ confidence }: JsonObject): number =>
  typeof confidence === 'number' && Number.isFinite(confidence) ? Math.min(1, Math.max(0, confidence)) : UNSTATED;
