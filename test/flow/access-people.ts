import { expect } from 'vitest'
import type { Role } from '../../domain/role.ts'
import type { TestApi } from './api-depot.ts'

export const OWN = 'http://localhost'
export const PASSWORD = 'four words nobody guesses'

/** A person's requests, by the cookie that they have. */
export interface Person {
  cookie: string
  get(path: string): Promise<Response>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
}

/** A user with a role and a password, invited by an admin as in life; returns the user's id. */
export async function invited(
  api: TestApi,
  role: Role,
  more: { email?: string; vehicleId?: string } = {},
): Promise<{ userId: string; email: string }> {
  const email = more.email ?? `${role}@depot.example`
  const answer = await api.send('POST', '/api/v1/users', {
    name: `The ${role}`,
    email,
    role,
    vehicleId: more.vehicleId ?? null,
  })
  expect(answer.status).toBe(201)
  const { user, link } = (await answer.json()) as { user: { userId: string }; link: string }
  const accepted = await post(api, '/api/v1/links/accept', { token: tokenOf(link), password: PASSWORD })
  expect(accepted.status).toBe(204)
  return { userId: user.userId, email }
}

export function tokenOf(link: string): string {
  return new URL(link).searchParams.get('token') ?? ''
}

/** A request of a page of ours, without any cookie. */
export async function post(
  api: TestApi,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return api.app.request(`${OWN}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: OWN, Host: 'localhost', ...headers },
    body: JSON.stringify(body),
  })
}

export function signIn(api: TestApi, email: string, password = PASSWORD): Promise<Response> {
  return post(api, '/api/auth/sign-in/email', { email, password })
}

/** Somebody who has signed in with the password of `invited`. */
export async function signedIn(api: TestApi, email: string): Promise<Person> {
  const answer = await signIn(api, email)
  expect(answer.status).toBe(200)
  return personOf(api, cookiesOf(answer))
}

export function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

export function personOf({ app }: TestApi, cookie: string): Person {
  return {
    cookie,
    get: async (path) => app.request(`${OWN}${path}`, { headers: { Cookie: cookie, Host: 'localhost' } }),
    send: async (method, path, body, headers = { Origin: OWN }) =>
      app.request(`${OWN}${path}`, {
        method,
        headers: {
          Cookie: cookie,
          Host: 'localhost',
          ...headers,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

/** The text of a machine's key with a role. */
export async function keyOf(
  api: TestApi,
  role: Role,
  expiresInDays: number | null = 30,
): Promise<{ keyId: string; key: string }> {
  const answer = await api.send('POST', '/api/v1/keys', { name: `${role} key`, role, expiresInDays })
  expect(answer.status).toBe(201)
  return (await answer.json()) as { keyId: string; key: string }
}
