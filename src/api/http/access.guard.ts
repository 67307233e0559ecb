import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { UserError } from '../../common/errors';
import type { Caller, Scope } from '../../contracts/caller';
import { NEEDS, type ScopeOf, rememberCaller } from './access.decorator';
import { isRouteOfArm } from './arm-of-route';
import { executeArm } from './execute-target';
import { Doorkeeper, requireScope } from './doorkeeper.service';
import { prefixOf, serviceOf } from './service';
import type { HttpRequest } from './types';

/** Arms tell anybody what they can do; the orchestrator's list of arms is another matter. */
const isArmsOwnCapabilities = (request: HttpRequest): boolean =>
  request.routeOptions.url === '/capabilities' && serviceOf(request.raw) !== 'orchestrator';

/** Lets a request through to its route when whoever makes it has the scope the route demands. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly doorkeeper: Doorkeeper,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const needs = this.reflector.getAllAndOverride<Scope | ScopeOf | 'public' | undefined>(NEEDS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (needs === 'public' || isArmsOwnCapabilities(request)) return true;
    const caller = await this.doorkeeper.identify(request.headers, request.ip);
    rememberCaller(request, caller);
    requireScope(caller, typeof needs === 'function' ? needs(request) : (needs ?? 'admin'));
    requireOwnArm(caller, request);
    return true;
  }
}

const requireOwnArm = ({ grant }: Caller, { body, raw, routeOptions }: HttpRequest): void => {
  if (grant === undefined || isRouteOfArm(grant.armId, routeOptions.url ?? '', () => executeArm(body, prefixOf(raw)))) {
    return;
  }
  throw new UserError('capability_denied', `The capability token is good for ${grant.armId} only.`, {
    details: { arm_id: grant.armId },
  });
};
