import { createHash, randomBytes, randomUUID } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const KEY_LENGTH = 16;
/** Largest multiple of the alphabet's size within a byte: bytes above it are drawn again, so that all letters are as likely. */
const UNBIASED = 256 - (256 % ALPHABET.length);

export const newId = (): string => randomUUID();

/** Characters of `[A-Za-z0-9]` that nobody can guess, 5.95 bits each. */
export const randomText = (length: number): string => {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length * 2)) {
      if (byte < UNBIASED && text.length < length) text += ALPHABET.charAt(byte % ALPHABET.length);
    }
  }
  return text;
};

/** 16 characters of `[A-Za-z0-9]` (95 bits), the form the SDKs demand after `task_`. */
export const newKey = (): string => randomText(KEY_LENGTH);

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text has the form of a UUID of any version, in either case. */
export const isUuid = (text: string): boolean => UUID.test(text);
