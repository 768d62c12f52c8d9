import { expect, test } from 'vitest'
import { clusterStops, type MapStop } from './cluster-stops.ts'

/** A city of 3,000 stops: 60 rows of 50, some 200 m apart. */
const city: MapStop[] = Array.from({ length: 3000 }, (_, n) => ({
  id: `S${n}`,
  name: `Stop ${n}`,
  latitude: 42.6 + Math.floor(n / 50) * 0.002,
  longitude: 23.2 + (n % 50) * 0.003,
}))
const ALL = { south: 42.5, west: 23.1, north: 42.8, east: 23.5 }
const at = (zoom: number) => ({ latitude: 42.66, longitude: 23.27, zoom })

test('from far away stops stand together, few enough to be drawn, and none is lost', () => {
  for (const zoom of [9, 11, 12, 12.5]) {
    const clusters = clusterStops(city, { at: at(zoom), bounds: ALL })
    expect(clusters.length).toBeLessThan(200)
    expect(clusters.reduce((sum, one) => sum + one.stops.length, 0)).toBe(3000)
    expect(new Set(clusters.map((one) => one.id)).size).toBe(clusters.length)
  }
})

test('near enough, each stop stands by itself', () => {
  const near = { south: 42.66, west: 23.26, north: 42.67, east: 23.28 }
  const clusters = clusterStops(city, { at: at(16), bounds: near })
  expect(clusters).toHaveLength(3000)
  expect(clusters[7]).toEqual({
    id: 'S7',
    latitude: city[7]?.latitude,
    longitude: city[7]?.longitude,
    stops: [city[7]],
  })
})

test('few stops stand by themselves from any distance', () => {
  expect(clusterStops(city.slice(0, 40), null)).toHaveLength(40)
})

test('stops that stand together are shown in their middle, by the same name while the zoom stays', () => {
  const [first] = clusterStops(city, { at: at(10), bounds: ALL })
  expect(first?.stops.length).toBeGreaterThan(1)
  const latitudes = first?.stops.map((stop) => stop.latitude) ?? []
  expect(first?.latitude).toBeGreaterThanOrEqual(Math.min(...latitudes))
  expect(first?.latitude).toBeLessThanOrEqual(Math.max(...latitudes))
  expect(clusterStops(city, { at: at(10.4), bounds: ALL })[0]?.id).toBe(first?.id)
})
