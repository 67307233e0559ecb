import { createHash, randomBytes, randomUUID } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const KEY_LENGTH = 16;
/** Largest multiple of the alphabet's size within a byte: bytes above it are drawn again, so that all letters are as likely. */
const UNBIASED = 256 - (256 % ALPHABET.length);

export const newId = (): string => randomUUID();

/** 16 characters of `[A-Za-z0-9]` (95 bits), the form the SDKs demand after `task_`. */
export const newKey = (): string => {
  let key = '';
  while (key.length < KEY_LENGTH) {
    for (const byte of randomBytes(KEY_LENGTH * 2)) {
      if (byte < UNBIASED && key.length < KEY_LENGTH) key += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return key;
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
