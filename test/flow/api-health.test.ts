import { expect, test, vi } from 'vitest'
import { openPostgres } from '../../runtime/database.ts'
import { emptyApi } from './api-depot.ts'

test('healthy is who can do the work', async () => {
  const { app } = await emptyApi()
  const answer = await app.request('/healthz')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ status: 'ok' })
})

test('a database that is gone is told as such', async () => {
  const nowhere = openPostgres('postgres://nobody@127.0.0.1:9/none', () => undefined, 1)
  const gone = await (await emptyApi({ db: nowhere })).app.request('/healthz')
  await nowhere.destroy()
  expect(gone.status).toBe(503)
  expect(await gone.json()).toMatchObject({ status: 503, detail: 'The database does not answer.' })
})

test('a server whose jobs have stopped asks to be restarted, but not before they had time to begin', async () => {
  const started = performance.now()
  const { app, db, clock } = await emptyApi()
  await db
    .insertInto('job_run')
    .values({ job: 'watch', started_at: clock.now, finished_at: clock.now, error: null })
    .execute()
  const jump = vi.spyOn(performance, 'now').mockReturnValue(started + 20 * 60_000)
  expect((await app.request('/healthz')).status).toBe(200)
  clock.now = new Date(clock.now.getTime() + 20 * 60_000)
  const late = await app.request('/healthz')
  expect(await late.json()).toMatchObject({ status: 503, detail: 'No job has run for a quarter of an hour.' })
  jump.mockReturnValue(started + 1_000)
  expect((await app.request('/healthz')).status).toBe(200)
  jump.mockRestore()
})
