import { type Answer, ask } from './api.ts'
import { language } from './language.ts'

/**
 * Asks one of the routes under `/api/auth` that are for people in a browser and stand outside the OpenAPI document: GET, or POST when there is
 * a body. They refuse in the same form as the rest of the API.
 */
export function askAuth<Value>(path: string, body?: object): Promise<Answer<Value>> {
  return ask<Value>(send(path, body))
}

async function send<Value>(path: string, body: object | undefined) {
  const response = await fetch(`/api/auth${path}`, {
    credentials: 'same-origin',
    headers: { 'Accept-Language': language, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const content: unknown = await response.json().catch(() => undefined)
  return response.ok ? { data: content as Value, response } : { error: content, response }
}
