import { Injectable } from '@nestjs/common';
import { type ArmDescription, type ArmHealth, type ArmRecord, isReservedArmId } from '../contracts/arm';
import { UserError } from '../common/errors';
import { ArmRegistry } from './arm-registry.service';
import { ArmRepository } from './arm.repository';

/** The arms as they stand in the database, and how they get there and leave again. */
@Injectable()
export class ArmRoster {
  constructor(
    private readonly repository: ArmRepository,
    private readonly registry: ArmRegistry,
  ) {}

  /** All arms, the built-in ones first. */
  list(): Promise<ArmRecord[]> {
    return this.repository.all();
  }

  /** Stores an arm or what is new about it. Errors: `UserError` `invalid_operation` when the id belongs to somebody else. */
  async enrol(kind: string, arm: ArmDescription): Promise<{ isNew: boolean }> {
    if (isReservedArmId(arm.id) || this.registry.kinds().some(({ name }) => name === arm.id)) {
      throw new UserError('invalid_operation', `arm_id: "${arm.id}" belongs to this server. Choose another id.`);
    }
    const saved = await this.repository.save(kind, arm);
    if (saved === undefined) {
      throw new UserError(
        'invalid_operation',
        `arm_id: "${arm.id}" belongs to an arm of another kind. Choose another id.`,
      );
    }
    await this.registry.refresh();
    return saved;
  }

  /** Takes down how an arm was found to be. `error` is for people. */
  async note(id: string, health: ArmHealth, error: string | null): Promise<void> {
    await this.repository.noteHealth(id, health, error);
    await this.registry.refresh();
  }

  async dismiss(id: string): Promise<void> {
    await this.repository.remove(id);
    await this.registry.refresh();
  }
}
