import { Injectable } from '@nestjs/common';
import type { JsonObject } from '../contracts/json';
import type { Fault } from '../contracts/step';
import { Guardrails } from '../guardrails/guardrails.service';
import { Vaults } from '../guardrails/vaults.service';
import { Consent } from './consent';
import { PromptMask } from './prompt-mask';
import { StepScreening } from './step-screening';
import type { Claim } from './step.repository';

/** Around one attempt at a step. */
export interface AttemptScreening {
  /** Looks at what it is given and makes. */
  step: StepScreening;
  /** Hides values from the model it asks. */
  mask: PromptMask;
  /** Knows what people have agreed to. */
  consent: Consent;
}

/** Where work happens, what goes in and out of it is looked at. */
@Injectable()
export class Screening {
  constructor(
    private readonly guardrails: Guardrails,
    private readonly vaults: Vaults,
  ) {}

  of({ assignment, approved }: Pick<Claim, 'assignment' | 'approved'>): AttemptScreening {
    const consent = new Consent(this.guardrails, approved);
    return {
      step: new StepScreening(this.guardrails, assignment, consent),
      mask: new PromptMask(this.guardrails, this.vaults, assignment.taskId, consent),
      consent,
    };
  }

  /** A text about the work, for logs, events and people; it is kept, and held to what memory is held to. */
  clean(text: string): string {
    return this.guardrails.screen(text, { direction: 'memory' }).value;
  }

  /** A fault as it may be stored: arms quote what they were given. */
  fault({ message, details, ...rest }: Fault): Fault {
    const cleaned = details && (this.guardrails.screen(details, { direction: 'memory' }).value satisfies JsonObject);
    return { ...rest, message: this.clean(message), ...(cleaned && { details: cleaned }) };
  }
}
