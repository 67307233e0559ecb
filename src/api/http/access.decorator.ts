import { type ExecutionContext, SetMetadata, applyDecorators, createParamDecorator } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { Caller, Scope } from '../../contracts/caller';
import type { HttpRequest } from './types';

/** Key of the metadata that says what a route demands: a scope, or `public`. A route without it demands `admin`. */
export const NEEDS = 'octollm:needs';

/** Where one route serves several arms, the request decides. Its body is read by then, but not checked. */
export type ScopeOf = (request: HttpRequest) => Scope;

/** The credential must have this scope; without keys (open mode) everybody has it. */
export const Needs = (scope: Scope | ScopeOf): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(NEEDS, scope), ApiSecurity('ApiKeyAuth'), ApiSecurity('BearerAuth'));

/** Nobody is asked for a credential here. */
export const Public = (): MethodDecorator & ClassDecorator => applyDecorators(SetMetadata(NEEDS, 'public'));

const callers = new WeakMap<object, Caller>();

/** Called once per request, by the guard that has found out. */
export const rememberCaller = (request: HttpRequest, caller: Caller): void => void callers.set(request.raw, caller);

/** On public routes, where nobody is asked: nobody in particular, who may do nothing beyond them. */
const NOBODY: Caller = { holder: 'public', name: 'public', scopes: [], tier: 'open' };
export const callerOf = (request: HttpRequest): Caller => callers.get(request.raw) ?? NOBODY;

/** Injects who makes the request. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<HttpRequest>()),
);
