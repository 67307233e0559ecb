import type { ArmDescription, ArmRecord } from '../contracts/arm';

/** An arm as somebody registers it; addresses as they were written. */
export type NewArm = Omit<ArmDescription, 'healthEndpoint'> & { healthEndpoint?: string };

/** The arms there are, and those that users bring and take away. */
export abstract class ArmDesk {
  /** All arms, the built-in ones first. */
  abstract list(): Promise<ArmRecord[]>;
  /** Errors: `UserError` `resource_not_found`. */
  abstract get(id: string): Promise<ArmRecord>;
  /**
   * Adds an arm that is called over HTTP, or replaces what is known of it, and asks it how it is. Errors: `UserError`
   * `validation_error` (address, JSON Schemas), `invalid_operation` (the id belongs to somebody else).
   */
  abstract register(arm: NewArm): Promise<{ isNew: boolean; arm: ArmRecord }>;
  /** Errors: `UserError` `resource_not_found`, `invalid_operation` (built in, or named in `ARM_REGISTRY`). */
  abstract remove(id: string): Promise<ArmRecord>;
}
