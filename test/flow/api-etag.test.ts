import { expect, test } from 'vitest'
import { depotApi, KEY } from './api-depot.ts'

test('who has an answer already gets 304 and no body, until something changes', async () => {
  const { app, get, db } = await depotApi()
  const first = await get('/api/v1/vehicles')
  const tag = first.headers.get('etag') ?? ''
  expect(tag).toMatch(/^W\/"[A-Za-z0-9+/=]+"$/)
  const again = (condition: string) =>
    app.request('/api/v1/vehicles', { headers: { Authorization: `Bearer ${KEY}`, 'If-None-Match': condition } })
  for (const condition of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
    const answer = await again(condition)
    expect({ condition, status: answer.status, body: await answer.text(), tag: answer.headers.get('etag') }).toEqual({
      condition,
      status: 304,
      body: '',
      tag,
    })
  }
  await db
    .updateTable('vehicle')
    .set({ soc_percent: 12, soc_at: new Date('2026-11-23T19:59:00Z') })
    .execute()
  const changed = await again(tag)
  expect(changed.status).toBe(200)
  expect(changed.headers.get('etag')).not.toBe(tag)
  expect(await changed.json()).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ socPercent: 12 })]) as object[],
  })
})

test('failures, changes and the live stream have no tag, and the stream begins at once', async () => {
  const { app, get } = await depotApi()
  expect((await get('/api/v1/vehicles/none')).headers.has('etag')).toBe(false)
  const stream = await get('/api/v1/events')
  expect(stream.headers.has('etag')).toBe(false)
  const reader = stream.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  expect(new TextDecoder().decode(value)).not.toBe('')
  await reader?.cancel()
  const changed = await app.request('/api/v1/vehicles/bus-1', {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json' },
    body: '{"delaySeconds":60}',
  })
  expect(changed.status).toBe(200)
  expect(changed.headers.has('etag')).toBe(false)
})

test('somebody else’s answer is not told by its tag: without a key there is 401', async () => {
  const { app, get } = await depotApi()
  const tag = (await get('/api/v1/vehicles')).headers.get('etag') ?? ''
  const answer = await app.request('/api/v1/vehicles', { headers: { 'If-None-Match': tag } })
  expect(answer.status).toBe(401)
})
