import { Injectable } from '@nestjs/common';
import { BugError, UserError } from '../../common/errors';
import type { ServiceName } from '../../contracts/service';
import type { HttpRequest } from './types';

/** What the door of one arm does with a body that is not yet checked. Answers what its own route would. */
type ArmDoor = (body: unknown, request: HttpRequest) => Promise<object>;
/** An arm, or the component contracts, which reach every arm in one form. */
export type ExecuteTarget = ServiceName | 'contract';

/** Every arm also answers `POST /execute`. Doors are strangers to each other, so each tells here how it is opened. */
@Injectable()
export class ArmDoors {
  private readonly doors = new Map<ExecuteTarget, ArmDoor>();

  /** Called once by each door, when it is built. */
  register(target: ExecuteTarget, door: ArmDoor): void {
    if (this.doors.has(target)) throw new BugError('door_taken', `Two doors answer /execute for ${target}.`);
    this.doors.set(target, door);
  }

  /** Errors: `UserError` `endpoint_not_found` for a service without such a door. */
  enter(target: ExecuteTarget, body: unknown, request: HttpRequest): Promise<object> {
    const door = this.doors.get(target);
    if (door !== undefined) return door(body, request);
    throw new UserError('endpoint_not_found', `There is no POST /execute for ${target}.`);
  }
}
