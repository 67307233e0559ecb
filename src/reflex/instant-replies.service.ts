import { Injectable } from '@nestjs/common';
import { COURTESIES } from './instant/courtesies';
import type { InstantReply } from './instant/instant-reply';
import { COURTESIES_ELSEWHERE } from './instant/languages';
import { QUESTIONS } from './instant/questions';
import { TASK_STATUS } from './instant/task-status';

/** A reply of the operator's own. */
export interface OwnReply {
  /** Told as `metadata.pattern`. */
  id: string;
  /** Whether the whole text, trimmed and with single spaces, is to be answered so. Must be linear in its length, and not throw. */
  pattern: (text: string) => boolean;
  reply: string;
}

/** Characters; nothing longer is mere courtesy, or is looked at. */
const LONGEST = 60;

export const INSTANT_REPLIES: readonly InstantReply[] = [
  ...COURTESIES,
  ...QUESTIONS,
  TASK_STATUS,
  ...COURTESIES_ELSEWHERE,
];

/** Replies to texts that need neither a model nor an arm. */
@Injectable()
export class InstantReplies {
  private own: readonly OwnReply[] = [];

  /** Sets the operator's own replies, which come before the built-in ones; those set before are forgotten. */
  use(extra: readonly OwnReply[]): void {
    this.own = extra;
  }

  /** The reply whose pattern is the whole text; undefined for everything that needs work. */
  find(text: string): { pattern: string; template: string; text: string } | undefined {
    const trimmed = text.trim();
    if (trimmed.length > LONGEST) return undefined;
    const plain = trimmed.normalize('NFC').replace(/\s+/gu, ' ');
    const found =
      this.own.find(({ pattern }) => pattern(plain)) ?? INSTANT_REPLIES.find(({ pattern }) => pattern.test(plain));
    return found && { pattern: found.id, template: `${found.id}_reply`, text: found.reply };
  }
}
