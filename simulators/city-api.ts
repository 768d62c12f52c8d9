import { z } from 'zod'
import { blockPath, wayOf } from './block-path.ts'
import type { WayTrip } from './block-path.ts'
import type { BusBlock } from './bus.ts'
import type { SimulatedReading } from './telematics.ts'

const blocks = z.object({
  items: z.array(
    z.object({
      blockId: z.string(),
      date: z.string(),
      vehicleId: z.string().nullable(),
      startAt: z.iso.datetime(),
      endAt: z.iso.datetime(),
      distanceM: z.number(),
    }),
  ),
})

const site = z.object({ outdoorTemperatureC: z.number().nullable() })

export interface CityApi {
  /** Blocks by vehicle, earliest first; those that no vehicle drives are left out. Rejects when the API cannot be reached or refuses. */
  blocks(fromMs: number, toMs: number): Promise<Map<string, BusBlock[]>>
  temperatureC(siteId: string): Promise<number | null>
  /** What the weather station at the depot reads. */
  reportTemperature(siteId: string, outdoorTemperatureC: number): Promise<void>
  /** The way of a block; no trips when the timetable does not tell it. */
  way(blockId: string, date: string): Promise<WayTrip[]>
  /** What the units in the buses send. */
  sendTelemetry(readings: readonly SimulatedReading[]): Promise<void>
  /** What a dispatcher or a driver reports of a vehicle. */
  report(vehicleId: string, change: { delaySeconds?: number; socPercent?: number }): Promise<void>
}

/** The product's HTTP API, used like any other client. */
export function cityApi(url: string, key: string | undefined): CityApi {
  const headers = {
    'content-type': 'application/json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  }
  async function ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(`${url}${path}`, { ...init, headers, signal: AbortSignal.timeout(15_000) })
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`)
    return await response.json()
  }
  return {
    async blocks(fromMs, toMs) {
      const range = new URLSearchParams({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() })
      const { items } = blocks.parse(await ask(`/api/v1/blocks?${range}`))
      const byVehicle = new Map<string, BusBlock[]>()
      for (const { vehicleId, blockId, date, startAt, endAt, distanceM } of items) {
        if (vehicleId === null) continue
        const list = byVehicle.get(vehicleId) ?? []
        list.push({ blockId, date, startMs: Date.parse(startAt), endMs: Date.parse(endAt), distanceM })
        byVehicle.set(vehicleId, list)
      }
      for (const list of byVehicle.values())
        list.sort((a, b) => a.startMs - b.startMs || (a.blockId < b.blockId ? -1 : 1))
      return byVehicle
    },
    async way(blockId, date) {
      return wayOf(blockPath.parse(await ask(`/api/v1/blocks/${encodeURIComponent(blockId)}/path?date=${date}`)))
    },
    async sendTelemetry(readings) {
      await ask('/api/v1/telemetry', { method: 'POST', body: JSON.stringify({ source: 'simulator', readings }) })
    },
    async temperatureC(siteId) {
      return site.parse(await ask(`/api/v1/sites/${encodeURIComponent(siteId)}`)).outdoorTemperatureC
    },
    async reportTemperature(siteId, outdoorTemperatureC) {
      const body = JSON.stringify({ outdoorTemperatureC })
      await ask(`/api/v1/sites/${encodeURIComponent(siteId)}`, { method: 'PATCH', body })
    },
    async report(vehicleId, change) {
      const body = JSON.stringify(change)
      await ask(`/api/v1/vehicles/${encodeURIComponent(vehicleId)}`, { method: 'PATCH', body })
    },
  }
}
