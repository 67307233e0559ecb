import { Injectable } from '@nestjs/common';

/** Counts what each arm is doing in this process. */
@Injectable()
export class Slots {
  private readonly taken = new Map<string, number>();

  /** Takes one of `limit` places, if one is free. */
  take(arm: string, limit: number): boolean {
    const taken = this.taken.get(arm) ?? 0;
    if (taken >= limit) return false;
    this.taken.set(arm, taken + 1);
    return true;
  }

  give(arm: string): void {
    const left = (this.taken.get(arm) ?? 0) - 1;
    if (left > 0) this.taken.set(arm, left);
    else this.taken.delete(arm);
  }
}
