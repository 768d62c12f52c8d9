import type { Context } from 'hono'
import type { AppEnv } from './context.ts'
import { clientAddress } from './http-facts.ts'

/** Who sends a report, to count by and to tell one's own from others'. Of many drivers behind one link each counts as the link. */
export function reporterKeyOf(c: Context<AppEnv>): string {
  const { kind, id } = c.var.caller
  return id === null ? `${kind} ${clientAddress(c)}` : `${kind} ${id}`
}
