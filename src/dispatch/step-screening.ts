import type { ArmResult, Assignment } from '../contracts/arm';
import type { JsonValue } from '../contracts/json';
import type { Direction, Finding, FindingType, ScreeningVerdict } from '../contracts/verdict';
import { type Guardrails, type Hit, type Screened, toVerdict } from '../guardrails/guardrails.service';
import { blocked, type Consent } from './consent';
import { objection, removals } from './finding-words';

/** A result with what the policy wants out taken out, and the question a person has to answer before it counts, if any. */
export interface ScreenedResult {
  result: ArmResult;
  question?: string;
}

interface Look {
  /** Where the value stands, for its findings; nothing for a value that is all there is. */
  place?: string;
  /** For these alone. */
  types?: readonly FindingType[];
}

/** Looks at what one attempt at a step is given and makes, and gathers what that comes to. */
export class StepScreening {
  private readonly found = new Map<string, Finding>();

  constructor(
    private readonly guardrails: Guardrails,
    private readonly assignment: Assignment,
    private readonly consent: Consent,
  ) {}

  /** Of everything looked at so far. */
  get verdict(): ScreeningVerdict {
    return toVerdict(this.findings);
  }

  /**
   * The assignment to work on: results of other steps, and what a direct call or a repair is given, are the words of others.
   * Errors: `UserError` `policy_violation`, `ApprovalNeeded`.
   */
  input(): Assignment {
    const { earlier, input, kind } = this.assignment;
    const isGiven = kind === 'direct' || kind === 'repair';
    return {
      ...this.assignment,
      earlier: earlier.map((one) => ({
        ...one,
        output: this.admit(one.output, 'input', { place: one.key }),
      })),
      input: isGiven ? this.admit(input, 'input') : input,
    };
  }

  /** What an arm fetched in the middle of its work: input as to orders in it, output as to secrets. Errors: as `input`. */
  untrusted<T extends JsonValue>(value: T): T {
    return this.admit(this.admit(value, 'input'), 'output', { types: ['secret'] });
  }

  /** What a model said, free of secrets that nobody gave it. Whether it may count at all is decided with the result. */
  reply<T extends JsonValue>(value: T): T {
    const screened = this.guardrails.screen(value, { direction: 'output', taskId: this.assignment.taskId });
    this.note(findingsOf(screened).filter(({ action }) => action === 'redact'));
    return screened.value;
  }

  /** What the arm hands back. Errors: `UserError` `policy_violation`. */
  output({ output, warnings = [], ...rest }: ArmResult): ScreenedResult {
    const made = this.screen(output, 'output');
    const told = this.screen(warnings, 'output', { place: 'warnings' });
    const parts = [made, told];
    const found = parts.flatMap(findingsOf);
    if (parts.some(({ decision }) => decision === 'block')) throw blocked(found);
    const result = { ...rest, output: made.value, warnings: [...told.value, ...removals(this.findings)] };
    const isQuestion = parts.some(({ decision }) => decision === 'needs_approval');
    return { result, ...(isQuestion && { question: objection(found, 'approve') }) };
  }

  private screen<T extends JsonValue>(value: T, direction: Direction, { place, types }: Look = {}): Screened<T> {
    const { taskId } = this.assignment;
    const screened = this.guardrails.screen(value, { direction, taskId, ...(types && { types }) });
    const hits = place === undefined ? screened.hits : screened.hits.map((hit) => placed(hit, place));
    const result = { ...screened, hits };
    this.note(findingsOf(result));
    return result;
  }

  private admit<T extends JsonValue>(value: T, direction: Direction, look?: Look): T {
    return this.consent.admit(this.screen(value, direction, look));
  }

  /** The same text may be looked at twice: when it was fetched, and as part of the result. */
  private note(findings: readonly Finding[]): void {
    for (const finding of findings) this.found.set(JSON.stringify(finding), finding);
  }

  private get findings(): Finding[] {
    return [...this.found.values()];
  }
}

const placed = ({ finding, match }: Hit, place: string): Hit => ({
  match,
  finding: { ...finding, field: finding.field === '' ? place : `${place}.${finding.field}` },
});

const findingsOf = ({ hits }: Screened<unknown>): Finding[] => hits.map(({ finding }) => finding);
