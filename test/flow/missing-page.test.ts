import { expect, test } from 'vitest'
import { depotApi, KEY } from './api-depot.ts'

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

test('a person at an address that leads nowhere is told so in its language, with ways on', async () => {
  const { app } = await depotApi()
  const answer = await app.request('/plan/of/yesterday', { headers: { Accept: BROWSER, 'Accept-Language': 'uk' } })
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-type')).toContain('text/html')
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const text = await answer.text()
  expect(text).toContain('<html lang="uk">')
  expect(text).toContain('Такої сторінки немає')
  expect(text).toContain('href="/"')
})

test('the address itself is not said again: it may be anything', async () => {
  const { app } = await depotApi()
  const text = await (await app.request('/%3Cscript%3Ealert(1)%3C/script%3E', { headers: { Accept: BROWSER } })).text()
  expect(text).not.toContain('alert(1)')
})

test('a program gets a problem document, also when it takes anything', async () => {
  const { app } = await depotApi()
  for (const [path, accept] of [
    ['/api/v1/nothing', BROWSER],
    ['/nothing', '*/*'],
    ['/nothing', 'application/json'],
  ] as const) {
    const answer = await app.request(path, { headers: { Accept: accept, Authorization: `Bearer ${KEY}` } })
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 404, 'application/problem+json'])
  }
})
