import { expect, test } from 'vitest'
import { requestReplan } from '../../db/replan-requests.ts'
import { startLoop } from '../support/loop.ts'

test('two jobs that want a plan of the same site at once make one, and what is asked meanwhile is answered at the next look', async () => {
  const loop = await startLoop({ at: '2026-11-23T20:00:00Z' })
  try {
    const plans = async (): Promise<string[]> =>
      (await loop.db.selectFrom('plan').select('reason').orderBy('id').execute()).map((plan) => plan.reason)
    await loop.run('replan')
    const before = (await plans()).length
    await requestReplan(loop.db, 'depot', { kind: 'vehicleDelay', vehicleId: 'bus-1', delaySeconds: 300 }, loop.now())
    await Promise.all([
      loop.run('replanOnRequest'),
      loop.run('replan'),
      requestReplan(loop.db, 'depot', { kind: 'vehicleDelay', vehicleId: 'bus-1', delaySeconds: 0 }, loop.now()),
    ])
    expect((await plans()).length).toBe(before + 1)
    await loop.run('replanOnRequest')
    expect((await plans()).at(-1)).toBe('bus-1 is on time')
  } finally {
    await loop.stop()
  }
})
