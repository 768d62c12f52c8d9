/** What came of a request: its value, or why not, in words fit for a person. Status 0: the server was not reached. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; status: number; reason: string }

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Asks the API; never throws. A problem document (RFC 9457) becomes its title and detail. */
export async function request<Value>(method: Method, path: string, body?: unknown): Promise<Answer<Value>> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  try {
    const response = await fetch(`/api/v1/${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) return { ok: false, status: response.status, reason: reasonOf(text, response) }
    return { ok: true, value: (text === '' ? null : JSON.parse(text)) as Value }
  } catch (error) {
    return { ok: false, status: 0, reason: error instanceof Error ? error.message : String(error) }
  }
}

function reasonOf(text: string, response: Response): string {
  try {
    const problem = JSON.parse(text) as {
      title?: string
      detail?: string
      errors?: { path: string; message: string }[]
    }
    const errors = problem.errors?.map((one) => `${one.path}: ${one.message}`).join('; ')
    const reason = [problem.detail ?? problem.title, errors]
      .filter((part) => part !== undefined && part !== '')
      .join(' — ')
    if (reason !== '') return reason
  } catch {
    // Not a problem document, for example a proxy's page: its status line says more than its markup.
  }
  return `${response.status} ${response.statusText}`.trim()
}

/** One path segment or query value. */
export const part = encodeURIComponent
