import { listOf, reducedStation } from './free-or-busy.ts'

/** The live stream as drivers see it: their own vehicle and its session, stations as free or busy, and nothing of the rest. */
export function reducedEvents(
  stream: ReadableStream<Uint8Array>,
  vehicleId: string | null,
): ReadableStream<Uint8Array> {
  const decoder = new TextDecoder()
  const encoder = new TextEncoder()
  let rest = ''
  return stream.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        rest += decoder.decode(chunk, { stream: true })
        const events = rest.split('\n\n')
        rest = events.pop() ?? ''
        for (const event of events) controller.enqueue(encoder.encode(`${reducedEvent(event, vehicleId)}\n\n`))
      },
    }),
  )
}

function reducedEvent(event: string, vehicleId: string | null): string {
  return event
    .split('\n')
    .map((line) => (line.startsWith('data: ') ? `data: ${reducedData(line.slice('data: '.length), vehicleId)}` : line))
    .join('\n')
}

function reducedData(text: string, vehicleId: string | null): string {
  const data = JSON.parse(text) as Record<string, unknown>
  if (!('stations' in data)) return JSON.stringify({ now: data['now'] })
  const own = (list: unknown) => listOf(list).filter((one) => vehicleId !== null && one['vehicleId'] === vehicleId)
  return JSON.stringify({
    now: data['now'],
    sites: [],
    stations: listOf(data['stations']).map((station) => reducedStation(station, vehicleId)),
    vehicles: own(data['vehicles']),
    sessions: own(data['sessions']),
    alerts: [],
    plans: [],
  })
}
