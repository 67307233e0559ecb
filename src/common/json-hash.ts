/**
 * SQL for the SHA-256, 64 hex digits, of a `jsonb` value in PostgreSQL's own spelling: what is kept can be held against it later.
 * Null for null.
 */
export const jsonHash = (value: string): string => `encode(sha256(convert_to(${value}::text, 'UTF8')), 'hex')`;
