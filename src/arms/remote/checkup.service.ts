import { Injectable } from '@nestjs/common';
import type { ArmHealth, ArmRecord } from '../../contracts/arm';
import { ArmRoster } from '../../dispatch/arm-roster.service';
import { ArmHttp, type HttpReply } from './arm-http.service';
import { noAnswer } from './faults';

const PATIENCE_MS = 5_000;

type Asked = Pick<ArmRecord, 'id' | 'endpoint' | 'healthEndpoint'>;

interface Finding {
  health: ArmHealth;
  error: string | null;
}

/** What an arm's `GET /health` says of it. */
export const healthOf = ({ status, json }: HttpReply): Finding => {
  const said = typeof json === 'object' && json !== null && 'status' in json ? String(json.status) : '';
  if (status === 404) return { health: 'degraded', error: 'GET /health answered 404: the arm does not say how it is.' };
  if (status < 200 || status > 299) return { health: 'unavailable', error: `GET /health answered ${status}.` };
  if (said === 'degraded') return { health: 'degraded', error: 'The arm says that it is degraded.' };
  if (said === 'unhealthy') return { health: 'unavailable', error: 'The arm says that it is unhealthy.' };
  return { health: 'healthy', error: null };
};

/** Asks arms how they are. */
@Injectable()
export class Checkup {
  constructor(
    private readonly http: ArmHttp,
    private readonly roster: ArmRoster,
  ) {}

  /**
   * Asks one arm and takes down what it says, or that it says nothing within the patience. Fails only with the database; an
   * abort leaves all as it was.
   */
  async look(arm: Asked, signal: AbortSignal, patienceMs = PATIENCE_MS): Promise<void> {
    const { health, error } = await this.ask(arm, signal, patienceMs);
    if (!signal.aborted) await this.roster.note(arm.id, health, error);
  }

  private async ask({ id, endpoint, healthEndpoint }: Asked, signal: AbortSignal, timeoutMs: number): Promise<Finding> {
    try {
      const url = healthEndpoint ?? `${endpoint ?? ''}/health`;
      return healthOf(await this.http.get(url, { signal, timeoutMs }));
    } catch (error) {
      return { health: 'unavailable', error: noAnswer(id, error, timeoutMs).message };
    }
  }
}
