import { api, ask } from '../parts/api.ts'
import type { Bay, Info, Me, Station, Vehicle } from '../parts/api-types.ts'

/** Why there is no bus to show, or which one there is. */
export type Entry =
  | { kind: 'bus'; vehicleId: string; info: Info; me: Me }
  /** Whoever may see all buses says which one is theirs. */
  | { kind: 'choose'; vehicles: Vehicle[]; info: Info; me: Me }
  | { kind: 'signedOut' }
  /** A driver to whom the depot has given no bus. */
  | { kind: 'noBus'; me: Me }
  | { kind: 'badLink' }
  /** The link is good, but nobody knows which bus stands at its bay. */
  | { kind: 'emptyBay'; reason: string }
  | { kind: 'unreachable'; reason: string }

const TOKEN = /^\d{1,12}\.[\w-]+\.[\w-]{43}$/
const CHOSEN = 'zaryad.driver.bus'

/** The token of a driver's link, taken out of the address before anything else can see it there; null: none. */
export function takeToken(): string | null {
  const token = decodeURIComponent(location.hash.slice(1))
  if (!TOKEN.test(token)) return null
  history.replaceState(null, '', location.pathname + location.search)
  return token
}

/** Who is here and which bus is theirs. A token is changed for a session first. */
export async function enter(token: string | null): Promise<Entry> {
  if (token !== null) {
    const opened = await ask(api.POST('/api/v1/driver-links/open', { body: { token } }))
    if (!opened.ok) {
      if (opened.status === 404 || opened.status === 400) return { kind: 'badLink' }
      if (opened.status === 409) return { kind: 'emptyBay', reason: opened.reason }
      return { kind: 'unreachable', reason: opened.reason }
    }
  }
  const [info, me] = await Promise.all([ask(api.GET('/api/v1/info')), ask(api.GET('/api/v1/me'))])
  if (!info.ok) return { kind: 'unreachable', reason: info.reason }
  if (!me.ok) return { kind: 'unreachable', reason: me.reason }
  const who = { info: info.value, me: me.value }
  if (!info.value.signedIn) return { kind: 'signedOut' }
  if (me.value.role === 'driver')
    return me.value.vehicleId === null
      ? { kind: 'noBus', me: me.value }
      : { kind: 'bus', vehicleId: me.value.vehicleId, ...who }
  const listed = await allVehicles()
  if (!listed.ok) return { kind: 'unreachable', reason: listed.reason }
  const asked = new URLSearchParams(location.search).get('bus') ?? remembered()
  return listed.value.some((one) => one.vehicleId === asked) && asked !== null
    ? { kind: 'bus', vehicleId: asked, ...who }
    : { kind: 'choose', vehicles: listed.value, ...who }
}

async function allVehicles() {
  return ask(
    api.GET('/api/v1/vehicles', { params: { query: { limit: 500 } } }).then(({ data, ...rest }) => ({
      ...rest,
      ...(data === undefined ? {} : { data: data.items }),
    })),
  )
}

/** Remembers, or forgets (null), which bus was chosen here. */
export function rememberBus(vehicleId: string | null): void {
  try {
    if (vehicleId === null) localStorage.removeItem(CHOSEN)
    else localStorage.setItem(CHOSEN, vehicleId)
  } catch {
    // Storage may be forbidden; the choice then lasts as long as the page.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(CHOSEN)
  } catch {
    return null
  }
}

/** The bus and the chargers around it, asked for once: where no live stream comes through. */
export async function pollBus(
  vehicleId: string,
): Promise<{ ok: true; vehicle: Vehicle; stations: Station[] } | { ok: false; status: number }> {
  const vehicle = await ask(api.GET('/api/v1/vehicles/{vehicleId}', { params: { path: { vehicleId } } }))
  if (!vehicle.ok) return { ok: false, status: vehicle.status }
  const stations = await ask(
    api.GET('/api/v1/stations', { params: { query: { siteId: vehicle.value.siteId, limit: 500 } } }),
  )
  if (!stations.ok) return { ok: false, status: stations.status }
  return { ok: true, vehicle: vehicle.value, stations: stations.value.items }
}

/** The bays of a site; none when they cannot be had: their names are then missing, and nothing else. */
export async function baysOf(siteId: string): Promise<Bay[]> {
  const bays = await ask(api.GET('/api/v1/sites/{siteId}/bays', { params: { path: { siteId } } }))
  return bays.ok ? bays.value.items : []
}
