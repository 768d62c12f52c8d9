import createClient from 'openapi-fetch'
import type { paths } from '../generated/api.d.ts'

/** What came of a request: its value, or why not, in words fit for a person. Status 0: the server was not reached. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; status: number; reason: string }

/** The API, typed by its own OpenAPI document. Ask through `ask`, so that every failure becomes words. */
export const api = createClient<paths>({ baseUrl: '/', credentials: 'same-origin' })

interface Asked<Value> {
  data?: Value
  error?: unknown
  response: Response
}

/** Waits for the API; never throws. A problem document (RFC 9457) becomes its detail, or its title, and what is wrong with each field. */
export async function ask<Value>(asked: Promise<Asked<Value>>): Promise<Answer<Value>> {
  try {
    const { data, error, response } = await asked
    // An answer without a body has no data.
    if (response.ok) return { ok: true, value: data as Value }
    return { ok: false, status: response.status, reason: reasonOf(error, response) }
  } catch (error) {
    return { ok: false, status: 0, reason: error instanceof Error ? error.message : String(error) }
  }
}

interface Problem {
  title?: string
  detail?: string
  errors?: { path: string; message: string }[]
}

function reasonOf(error: unknown, response: Response): string {
  if (typeof error === 'object' && error !== null) {
    const problem: Problem = error
    const errors = problem.errors?.map((one) => `${one.path}: ${one.message}`).join('; ')
    const reason = [problem.detail ?? problem.title, errors]
      .filter((part) => part !== undefined && part !== '')
      .join(' — ')
    if (reason !== '') return reason
  }
  // Not a problem document, for example a proxy's page: its status line says more than its markup.
  return `${response.status} ${response.statusText}`.trim()
}
