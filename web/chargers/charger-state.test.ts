import { expect, test, vi } from 'vitest'
import type { Station } from '../parts/api-types.ts'

vi.stubGlobal('location', { search: '' })
vi.stubGlobal('document', { documentElement: {} })
const { chargerState, connectorState, powerNowW } = await import('./charger-state.ts')

const NOW = Date.parse('2026-11-23T20:00:00Z')
const connector = (status: string) => ({ connectorId: 1, status }) as Station['evses'][number]['connectors'][number]
const evse = (status: string, change: object = {}) =>
  ({
    evseId: 1,
    operative: true,
    pluggedIn: true,
    sessionNumber: 1,
    powerW: 50_000,
    powerAt: new Date(NOW - 60_000).toISOString(),
    connectors: [connector(status)],
    ...change,
  }) as Station['evses'][number]
const station = (evses: Station['evses'], change: object = {}): Station =>
  ({ registration: 'accepted', connected: true, evses, ...change }) as Station

test('when the line is cut nothing is known of a connector, whatever was last heard', () => {
  const cut = station([evse('available')], { connected: false })
  expect(connectorState(cut, evse('available'), connector('available'))).toBe('unknown')
  expect(chargerState(cut)).toBe('offline')
  expect(powerNowW(cut, NOW)).toBeNull()
})

test('a connector that people have taken out of use is out of order, though it says it is available', () => {
  const here = station([evse('available', { operative: false })])
  expect(connectorState(here, here.evses[0] as Station['evses'][number], connector('available'))).toBe('outOfOrder')
  expect(chargerState(here)).toBe('outOfOrder')
})

test('power is unknown, not less, when one outlet in a session has told nothing for a while', () => {
  const old = { powerAt: new Date(NOW - 3_600_000).toISOString() }
  expect(powerNowW(station([evse('charging')]), NOW)).toBe(50_000)
  expect(powerNowW(station([evse('charging'), evse('charging', old)]), NOW)).toBeNull()
  expect(powerNowW(station([evse('charging'), evse('available', { ...old, sessionNumber: null })]), NOW)).toBe(50_000)
})
