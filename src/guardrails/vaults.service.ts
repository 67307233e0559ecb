import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Vault } from './vault';

const MOST_TASKS = 1_000;
/** Longer than any task waits between two of its steps, but for an approval. */
const IDLE_MS = 60 * 60_000;

/** A document could hold the token `<Email-TOKEN-1>`, and have the value of another text put in its place. */
const unforeseen = (): number => randomInt(10_000, 100_000);

/** The vaults of the tasks that are worked on in this process. */
@Injectable()
export class Vaults {
  private readonly vaults = new LRUCache<string, Vault>({ max: MOST_TASKS, ttl: IDLE_MS, updateAgeOnGet: true });

  of(taskId: string): Vault {
    const known = this.vaults.get(taskId);
    if (known !== undefined) return known;
    const vault = new Vault(unforeseen);
    this.vaults.set(taskId, vault);
    return vault;
  }

  forget(taskId: string): void {
    this.vaults.delete(taskId);
  }
}
