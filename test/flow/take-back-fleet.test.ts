import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { readFleetRows } from '../../db/fleet-rows.ts'
import { storeFleet } from '../../db/fleet.ts'
import { storePlan } from '../../db/plans.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import { emptyApi, EVENING, nightPlan, openSession, type TestApi } from './api-depot.ts'
import { apply, handIn } from './hand-in.ts'

type FleetFile = z.input<typeof fleetFile>

const EXAMPLE = new URL('../../examples/blagoevgrad/fleet.json', import.meta.url)
const exampleFleet = (): FleetFile => JSON.parse(readFileSync(EXAMPLE, 'utf8')) as FleetFile

/** All that a fleet file writes. */
const fleetNow = (api: TestApi) => api.db.transaction().execute((tx) => readFleetRows(tx))

async function storeFleetFile(api: TestApi, fileName: string, fleet: FleetFile) {
  const { importId } = await handIn(api, `kind=fleet&fileName=${fileName}`, JSON.stringify(fleet))
  expect(await apply(api, importId)).toMatchObject({ state: 'done', report: { canUndo: true } })
  return importId
}

/** The example with a new charger, bus, limit and card, a bus and a bay less, and names and limits changed. */
function changedFleet(): FleetFile {
  const fleet = exampleFleet()
  const [site] = fleet.sites
  const [node] = site?.nodes ?? []
  const [station] = site?.stations ?? []
  const [bus] = fleet.vehicles
  if (site === undefined || node === undefined || station === undefined || bus === undefined)
    throw new Error('the example has no site')
  site.nodes.push({ id: 'yard', limitKw: 50, parentId: node.id })
  node.limitKw += 40
  site.stations.push({ ...station, id: 'CP-9', label: 'new', nodeId: 'yard' })
  const [bay, ...bays] = site.bays ?? []
  site.bays = bays
  for (const vehicle of fleet.vehicles) if (vehicle.bayId === bay?.id) delete vehicle.bayId
  fleet.vehicles = fleet.vehicles.filter((vehicle) => vehicle.id !== 'bus-6')
  bus.label = 'renamed'
  fleet.vehicles.push({ ...bus, id: 'bus-9', label: 'new', tokens: [{ value: 'NEW' }] })
  return fleet
}

test('a fleet file is taken back, and everything is as it was', async () => {
  const api = await emptyApi()
  const first = await storeFleetFile(api, 'first.json', exampleFleet())
  const before = await fleetNow(api)
  const second = await storeFleetFile(api, 'second.json', changedFleet())
  const changed = await fleetNow(api)
  expect(changed.vehicle.get('bus-6')).toMatchObject({ in_service: false })
  expect(changed.station.has('CP-9')).toBe(true)
  expect(changed.bay.size).toBe(before.bay.size - 1)

  // The one before it must wait.
  const early = await api.send('POST', `/api/v1/imports/${first}/undo`)
  expect([early.status, await early.text()]).toEqual([409, expect.stringContaining('Only the last')])

  const undone = await apply(api, second, 'undo')
  expect(undone).toMatchObject({ kind: 'fleet', state: 'done', options: { undoOf: second } })
  expect(undone.report).toMatchObject({ canUndo: false, lines: [{ text: '5 as before, 3 put back, 4 removed.' }] })
  expect(await fleetNow(api)).toEqual(before)
  expect((await api.send('POST', `/api/v1/imports/${second}/undo`)).status).toBe(409)
  expect((await api.send('POST', `/api/v1/imports/${undone.importId}/undo`)).status).toBe(409)

  // Now it is the last, and the house is empty again.
  await storePlan(api.db, {
    ...nightPlan(),
    siteId: 'blagoevgrad',
    createdAt: EVENING,
    causes: [{ kind: 'fleetImported' }],
  })
  expect(await apply(api, first, 'undo')).toMatchObject({ state: 'done' })
  for (const rows of Object.values(await fleetNow(api))) expect(rows.size).toBe(0)
  expect(await api.db.selectFrom('planned_quarter').select('start_at').execute()).toEqual([])
})

test('what was used or changed since a fleet file was stored stays when it is taken back, and is named', async () => {
  const api = await emptyApi()
  await storeFleetFile(api, 'first.json', exampleFleet())
  const before = await fleetNow(api)
  const second = await storeFleetFile(api, 'second.json', changedFleet())
  await api.db.updateTable('station').set({ first_seen_at: EVENING }).where('id', '=', 'CP-9').execute()
  await openSession(api, { stationId: 'CP-9', vehicleId: 'bus-9' })
  await api.db.updateTable('vehicle').set({ label: 'by hand' }).where('id', '=', 'bus-1').execute()

  const { report } = await apply(api, second, 'undo')
  const kept = report?.lines.slice(2).map((line) => line.text) ?? []
  expect(kept).toContain('station CP-9: sessions, it has connected')
  expect(kept).toContain('vehicle bus-9: sessions')
  expect(kept).toContain('vehicle bus-1: changed since (label)')
  const after = await fleetNow(api)
  expect(after.station.get('CP-9')).toMatchObject({ site_id: null, node_id: null })
  expect(after.vehicle.get('bus-9')).toMatchObject({ in_service: false, bay_id: null })
  expect(after.vehicle.get('bus-1')).toMatchObject({
    label: 'by hand',
    bay_id: before.vehicle.get('bus-1')?.['bay_id'],
  })
  expect(after.token.has('NEW')).toBe(false)
  expect(after.limit_node).toEqual(before.limit_node)
  expect(after.bay).toEqual(before.bay)
  expect(await api.db.selectFrom('charging_session').select('number').execute()).toHaveLength(1)
})

test('a fleet file that was stored from the command line stands in the way of one before it', async () => {
  const api = await emptyApi()
  const first = await storeFleetFile(api, 'first.json', exampleFleet())
  await storeFleet(api.db, fleetFile.parse(exampleFleet()), api.clock.now)
  expect((await api.send('POST', `/api/v1/imports/${first}/undo`)).status).toBe(409)
})
