import { UserError } from '../../common/errors';
import { SandboxPort, type SandboxOutcome, type SandboxStatus } from './sandbox.port';

/** Runs nothing: there is no isolation here, and without it no program is run. */
export class DisabledSandbox extends SandboxPort {
  /** @param reason why, and what to install or allow */
  constructor(private readonly reason: string) {
    super();
  }

  status(): Promise<SandboxStatus> {
    return Promise.resolve({ available: false, engine: 'none', runtimes: {}, reason: this.reason });
  }

  run(): Promise<SandboxOutcome> {
    return Promise.reject(new UserError('sandbox_unavailable', this.reason));
  }

  command(): Promise<SandboxOutcome> {
    return this.run();
  }
}
