import { expect, test } from 'vitest'
import { LANGUAGES } from '../../domain/language.ts'
import { COMMAND_WORDS } from '../../domain/sentences/words/command-words.ts'
import { DELIVERY_WORDS } from '../../domain/sentences/words/delivery-words.ts'
import { FIELD_WORDS } from '../../domain/sentences/words/field-words.ts'
import { MISSING_WORDS } from '../../domain/sentences/words/missing-words.ts'
import { OUTSIDE_WORDS } from '../../domain/sentences/words/outside-words.ts'
import { PROBLEM_WORDS } from '../../domain/sentences/words/problem-words.ts'
import { REFUSAL_WORDS } from '../../domain/sentences/words/refusal-words.ts'
import { REPORT_WORDS } from '../../domain/sentences/words/report-words.ts'
import { REQUEST_WORDS } from '../../domain/sentences/words/request-words.ts'
import { SIGN_IN_WORDS } from '../../domain/sentences/words/sign-in-words.ts'
import { problem } from '../../fleet-api/schemas/common.ts'
import { latinWords } from '../e2e/untranslated.ts'
import { invited, OWN, post, signedIn } from './access-people.ts'
import { depotApi, KEY, type TestApi } from './api-depot.ts'

/** The same request in one language; null: in none. */
async function asked(api: TestApi, language: string | null, method: string, path: string, body?: unknown) {
  const answer = await api.app.request(path, {
    method,
    headers: {
      Authorization: `Bearer ${KEY}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(language === null ? {} : { 'Accept-Language': language }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return told(answer)
}

async function told(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(answer.headers.get('vary')).toContain('Accept-Language')
  return { ...problem.parse(await answer.json()), language: answer.headers.get('content-language') }
}

test('a problem speaks the language that is asked for, and English otherwise; its code is the same in all', async () => {
  const api = await depotApi()
  const of = (language: string | null) => asked(api, language, 'GET', '/api/v1/vehicles/bus-99')
  expect(await of('bg')).toMatchObject({
    language: 'bg',
    status: 404,
    type: 'urn:zaryad:problem:not-found',
    title: 'Няма такова нещо',
    detail: 'Няма превозно средство bus-99.',
    code: 'no_vehicle',
    values: { id: 'bus-99' },
  })
  expect(await of('uk-UA,uk;q=0.9,en;q=0.5')).toMatchObject({
    language: 'uk',
    detail: 'Немає транспортного засобу bus-99.',
    code: 'no_vehicle',
  })
  for (const other of [null, 'en', 'de', 'de;q=1, en;q=0.1', '*'])
    expect(await of(other)).toMatchObject({
      language: 'en',
      title: 'There is no such thing',
      detail: 'There is no vehicle bus-99.',
      code: 'no_vehicle',
    })
})

test('the language of the address goes before that of the browser, as with the file of a report', async () => {
  const api = await depotApi()
  const path = '/api/v1/reports/energy?from=2026-11-02&to=2026-11-01&lang=uk'
  const { language, errors } = await asked(api, 'bg', 'GET', path)
  expect(language).toBe('uk')
  expect(errors).toMatchObject([
    { path: 'query.to', code: 'toAfterFrom', message: 'Кінець має бути після початку; сам він до періоду не входить.' },
  ])
})

test('what is wrong with each value of a request is told in the language', async () => {
  const api = await depotApi()
  const cases = [
    ['POST', '/api/v1/keys', { role: 'viewer' }, 'body.name', 'field_missing'],
    ['POST', '/api/v1/keys', { name: 5, role: 'viewer' }, 'body.name', 'field_notText'],
    ['POST', '/api/v1/keys', { name: 'x'.repeat(200), role: 'viewer' }, 'body.name', 'field_tooLong'],
    ['POST', '/api/v1/keys', { name: 'x', role: 'emperor' }, 'body.role', 'field_notOneOf'],
    ['GET', '/api/v1/stations?limit=many', undefined, 'query.limit', 'field_notNumber'],
    ['GET', '/api/v1/stations?cursor=nonsense', undefined, 'query.cursor', 'wrongCursor'],
    ['POST', '/api/v1/stations', { stationId: 'a b' }, 'body.stationId', 'plainStationId'],
    ['GET', '/api/v1/places?near=here', undefined, 'query.near', 'notPoint'],
  ] as const
  for (const [method, path, body, at, code] of cases) {
    const english = await asked(api, null, method, path, body)
    expect(english).toMatchObject({ status: 400, errors: [{ path: at, code }] })
    for (const language of ['bg', 'uk']) {
      const { errors, title, detail } = await asked(api, language, method, path, body)
      expect(errors).toMatchObject([{ path: at, code }])
      const words = [title, detail ?? '', ...(errors ?? []).map((one) => one.message)]
      for (const text of words) expect(latinWords(text, OWN_WORDS)).toEqual([])
      expect(errors?.[0]?.message).not.toBe(english.errors?.[0]?.message)
    }
  }
})
/** Names of the API's own, which are told as they are. */
const OWN_WORDS = ['admin', 'manager', 'driver', 'energy', 'viewer']

test('a body that is not JSON, and an address that leads nowhere, are told in the language', async () => {
  const api = await depotApi()
  expect(await asked(api, 'uk', 'POST', '/api/v1/keys', '{"name":')).toMatchObject({
    status: 400,
    code: 'malformedJson',
    detail: 'Надіслане не є правильним JSON.',
  })
  expect(await asked(api, 'bg', 'GET', '/api/v1/nowhere')).toMatchObject({
    status: 404,
    code: 'leadsNowhere',
    detail: 'GET /api/v1/nowhere не води доникъде.',
  })
})

test('what the present state does not allow is told in the language', async () => {
  const api = await depotApi()
  const { userId } = await invited(api, 'admin')
  const path = `/api/v1/users/${userId}`
  expect(await asked(api, 'bg', 'PATCH', path, { role: 'viewer' })).toMatchObject({
    status: 409,
    title: 'Сегашното състояние не го позволява',
    detail: 'Това е последният администратор.',
    code: 'lastAdmin',
  })
  expect(await asked(api, null, 'PATCH', path, { role: 'viewer' })).toMatchObject({ detail: 'This is the last admin.' })
})

test('a command that cannot be sent, and a charger that is silent or away, are told in the language', async () => {
  const api = await depotApi()
  const of = () => asked(api, 'bg', 'POST', '/api/v1/stations/CP1/call', { action: 'Reset', payload: {} })
  api.station.answer = { outcome: 'timeout' }
  expect(await of()).toMatchObject({ status: 504, title: 'Зарядната станция не отговори навреме' })
  api.station.answer = { outcome: 'offline' }
  expect(await of()).toMatchObject({ status: 409, title: 'Зарядната станция не е свързана' })
  api.station.answer = {
    outcome: 'unsendable',
    reason: 'OCPP 1.6 resets the whole station only.',
    sentence: { code: 'wholeResetOnly', values: {} },
  }
  expect(await of()).toMatchObject({
    status: 422,
    code: 'wholeResetOnly',
    detail: 'В OCPP 1.6 се рестартира само цялата станция.',
  })
  api.station.answer = { outcome: 'unsendable', reason: 'as an older version kept it' }
  const old = await of()
  expect(old).toMatchObject({ status: 422, original: 'as an older version kept it' })
  expect(old.detail).toBeUndefined()
})

test('a driver is told in the language that a right is missing', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'driver', { vehicleId: 'bus-1' })
  const driver = await signedIn(api, email)
  const of = async (path: string, language: string) =>
    told(await api.app.request(path, { headers: { Cookie: driver.cookie, Origin: OWN, 'Accept-Language': language } }))
  expect(await of('/api/v1/users', 'uk')).toMatchObject({
    status: 403,
    code: 'needsRole',
    detail: 'Для цього потрібна роль: адміністратор; ваша роль: водій.',
    values: { role: { code: 'role_driver', values: {} } },
  })
  expect(await of('/api/v1/vehicles/bus-2', 'bg')).toMatchObject({
    status: 403,
    detail: 'Водачите виждат само своето превозно средство.',
  })
})

test('signing in with a wrong password, and too often, is told in the language', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const of = async (language: string) =>
    told(await post(api, '/api/auth/sign-in/email', { email, password: 'wrong' }, { 'Accept-Language': language }))
  expect(await of('bg')).toMatchObject({
    status: 401,
    code: 'wrongEmailOrPassword',
    detail: 'Имейл адресът или паролата не е вярна.',
    original: 'Invalid email or password',
  })
  expect(await of('en')).toMatchObject({ detail: 'The e-mail address or the password is not right.' })
  let last = await of('uk')
  while (last.status === 401) last = await of('uk')
  expect(last).toMatchObject({
    status: 429,
    detail: 'Забагато хибних спроб; спробуйте знову за 900 с.',
    values: { seconds: 900 },
  })
})

test('what better-auth refuses is told in the language; its own English is for machines', async () => {
  const api = await depotApi()
  const { email } = await invited(api, 'viewer')
  const person = await signedIn(api, email)
  const change = async (language: string, body: object) =>
    told(await post(api, '/api/auth/change-password', body, { Cookie: person.cookie, 'Accept-Language': language }))
  const newPassword = 'five other words nobody knows'
  expect(await change('bg', { currentPassword: 'wrong', newPassword })).toMatchObject({
    status: 400,
    detail: 'Паролата не е вярна.',
    original: 'Invalid password',
  })
  expect(await change('uk', { currentPassword: 'x', newPassword: 'short' })).toMatchObject({
    errors: [{ path: 'body.newPassword', code: 'weakPassword' }],
  })
  const unknown = await told(
    await post(api, '/api/auth/sign-in/social', { provider: 'nobody' }, { 'Accept-Language': 'bg' }),
  )
  expect(latinWords(unknown.detail ?? unknown.title, [])).toEqual([])
})

test('an answer that is worded has another ETag in each language, and caches are told', async () => {
  const api = await depotApi()
  const webhook = await api.send('POST', '/api/v1/webhooks', { url: 'https://city.example.org/in' })
  const { webhookId } = (await webhook.json()) as { webhookId: string }
  await api.db
    .insertInto('webhook_delivery')
    .values({
      webhook_id: webhookId,
      event_id: 1,
      event_type: 'alertRaised',
      body: '{}',
      status: 'dead',
      attempts: 9,
      created_at: api.clock.now,
      next_attempt_at: null,
      attempted_at: api.clock.now,
      delivered_at: null,
      response_status: 500,
      error: JSON.stringify({ code: 'answered', values: { status: 500 } }),
    })
    .execute()
  const of = (language: string, tag?: string) =>
    api.app.request(`/api/v1/webhooks/${webhookId}/deliveries`, {
      headers: {
        Authorization: `Bearer ${KEY}`,
        'Accept-Language': language,
        ...(tag === undefined ? {} : { 'If-None-Match': tag }),
      },
    })
  const tags = new Map<string, string>()
  const errors = new Map<string, string>()
  for (const language of LANGUAGES) {
    const answer = await of(language)
    expect(answer.headers.get('vary')).toContain('Accept-Language')
    expect(answer.headers.get('content-language')).toBe(language)
    tags.set(language, answer.headers.get('etag') ?? '')
    errors.set(language, ((await answer.json()) as { items: { error: string }[] }).items[0]?.error ?? '')
  }
  expect(Object.fromEntries(errors)).toEqual({
    en: 'The address answered 500.',
    bg: 'Отговор от адреса: 500.',
    uk: 'Відповідь з адреси: 500.',
  })
  expect(new Set(tags.values()).size).toBe(3)
  expect((await of('bg', tags.get('bg'))).status).toBe(304)
  expect((await of('bg', tags.get('en'))).status).toBe(200)
})

/** What files of imports are told has a test of its own. */
const AREAS = [
  COMMAND_WORDS,
  DELIVERY_WORDS,
  FIELD_WORDS,
  MISSING_WORDS,
  OUTSIDE_WORDS,
  PROBLEM_WORDS,
  REFUSAL_WORDS,
  REPORT_WORDS,
  REQUEST_WORDS,
  SIGN_IN_WORDS,
]

test('no sentence has an English word in another language, but names', () => {
  const names =
    'Host X-Zaryad-Signature X-Zaryad-Timestamp CO2e EnPI pm10UgM3 energyWh manual:ID WebP Open-Meteo'.split(' ')
  for (const [code, [, ...others]] of AREAS.flatMap((words): [string, readonly string[]][] => Object.entries(words)))
    for (const text of others)
      expect({ code, words: latinWords(text.replaceAll(/\{\w+\}/g, ''), names) }).toEqual({ code, words: [] })
})
