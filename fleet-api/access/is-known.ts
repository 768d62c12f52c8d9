import type { Context } from 'hono'
import type { AppEnv } from '../context.ts'

/** Whether it is known who calls, so that more is shown than what is open to all. */
export function isKnown(c: Context<AppEnv>): boolean {
  return c.var.caller.kind !== 'none'
}
