import type { Role } from '../../domain/role.ts'

/** Who calls, as far as they have shown. */
export interface Caller {
  /** `key`: the ADMIN_KEY, or a cookie that it was changed for; `link`: a driver's signed link; `open`: anybody in the demo; `none`: nobody knows. */
  kind: 'key' | 'user' | 'apiKey' | 'link' | 'open' | 'none'
  role: Role | null
  /** The user's, the key's, the link's or nobody's id. */
  id: string | null
  name: string | null
  /** The vehicle that a driver drives; null: none, or whoever calls is no driver. */
  vehicleId: string | null
  siteId: string | null
  /** A cookie is sent by the browser on any page's behalf; a bearer's word is the caller's own doing. */
  via: 'bearer' | 'cookie' | null
}

export const NOBODY: Caller = {
  kind: 'none',
  role: null,
  id: null,
  name: null,
  vehicleId: null,
  siteId: null,
  via: null,
}

/** Whoever holds the ADMIN_KEY. */
export function keyHolder(via: 'bearer' | 'cookie'): Caller {
  return { ...NOBODY, kind: 'key', role: 'admin', name: 'ADMIN_KEY', via }
}

/** Anybody, in the open demo. */
export const ANYBODY: Caller = { ...NOBODY, kind: 'open', role: 'admin', name: 'demo' }
