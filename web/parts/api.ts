import createClient from 'openapi-fetch'
import type { paths } from '../generated/api.d.ts'
import { language } from './language.ts'
import { m } from './messages.ts'

/** What came of a request: its value, or why not, in words fit for a person. Status 0: the server was not reached. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; status: number; reason: string }

/** The API, typed by its own OpenAPI document, in the page's language. Ask through `ask`, so that every failure becomes words. */
export const api = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  headers: { 'Accept-Language': language },
})

interface Asked<Value> {
  data?: Value
  error?: unknown
  response: Response
}

/** Waits for the API; never throws. A problem document (RFC 9457) becomes what is wrong with each field, or else its detail or title. */
export async function ask<Value>(asked: Promise<Asked<Value>>): Promise<Answer<Value>> {
  try {
    const { data, error, response } = await asked
    // An answer without a body has no data.
    if (response.ok) return { ok: true, value: data as Value }
    return { ok: false, status: response.status, reason: reasonOf(error, response) }
  } catch {
    // What the browser says of it is English, and says no more.
    return { ok: false, status: 0, reason: m.state_unreachable() }
  }
}

interface Problem {
  title?: string
  detail?: string
  errors?: { message: string }[]
}

/** Paths of fields are for programs; the same said of several fields is said once. */
function reasonOf(error: unknown, response: Response): string {
  if (typeof error === 'object' && error !== null) {
    const { title, detail, errors = [] }: Problem = error
    const wrong = [...new Set(errors.map((one) => one.message))].join(' ')
    const reason = wrong === '' ? (detail ?? title) : wrong
    if (reason !== undefined && reason !== '') return reason
  }
  // Not a problem document, for example a proxy's page.
  return m.state_answered({ status: String(response.status) })
}
