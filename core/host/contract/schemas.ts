import { z } from 'zod';

export const path = z.string().min(1).max(4096);
/** SHA-256 of a file's bytes. */
export const fingerprint = z.string().regex(/^[0-9a-f]{64}$/);
export const runId = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/);
