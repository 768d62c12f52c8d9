import type { Component } from 'svelte'
import type { IconName } from '../parts/Icon.svelte'
import { m } from '../parts/messages.ts'

/** A page component gets the parts of its address that its path names (`/vehicles/:id` → `{ id }`). */
export type PageComponent = Component<{ params: Record<string, string> }>

export interface StaffRoute {
  /** `/vehicles/:id`: a part that begins with a colon stands for any one segment. */
  path: string
  /** The operation without which the page makes no sense; who may not call it is told so. */
  needs: string
  load: () => Promise<{ default: PageComponent | Component<Record<string, never>> }>
  /** Shown also before there is a depot. */
  withoutSite?: true
  /** Its place in the navigation; left out: none of its own. */
  nav?: { icon: IconName; label: () => string }
}

/** Where people change how they sign in. */
export const ACCOUNT_PATH = '/settings/account'

/** The pages of those who run the depot, in the order of the navigation. They share one document, one live stream and one header. */
export const ROUTES: readonly StaffRoute[] = [
  {
    path: '/',
    needs: 'listVehicles',
    load: () => import('../depot/DepotPage.svelte'),
    nav: { icon: 'bolt', label: m.nav_depot },
  },
  {
    path: '/plan',
    needs: 'getCurrentPlan',
    load: () => import('../plan/PlanPage.svelte'),
    nav: { icon: 'pause', label: m.nav_plan },
  },
  { path: '/plan/history', needs: 'listPlanDays', load: () => import('../plan/nights/NightsPage.svelte') },
  {
    path: '/vehicles',
    needs: 'listVehicles',
    load: () => import('../vehicles/VehiclesPage.svelte'),
    nav: { icon: 'bus', label: m.nav_vehicles },
  },
  {
    path: '/chargers',
    needs: 'listStations',
    load: () => import('../chargers/ChargersPage.svelte'),
    nav: { icon: 'charger', label: m.nav_chargers },
  },
  { path: '/chargers/new', needs: 'addStation', load: () => import('../chargers/NewChargerPage.svelte') },
  { path: '/chargers/:stationId', needs: 'getStation', load: () => import('../chargers/ChargerPage.svelte') },
  { path: '/vehicles/:vehicleId', needs: 'getVehicle', load: () => import('../vehicles/VehiclePage.svelte') },
  {
    path: '/energy',
    needs: 'getEnergyReport',
    load: () => import('../energy/EnergyPage.svelte'),
    nav: { icon: 'chart', label: m.nav_energy },
  },
  { path: '/settings/faults', needs: 'listFaultReports', load: () => import('../faults/FaultsPage.svelte') },
  { path: '/settings/qr', needs: 'listDriverLinks', load: () => import('../qr/QrPage.svelte') },
  {
    path: '/settings',
    // Who may read the depot may read its tariffs; each section asks for its own right.
    needs: 'listTariffs',
    load: () => import('../settings/SettingsPage.svelte'),
    withoutSite: true,
    nav: { icon: 'settings', label: m.nav_settings },
  },
  {
    path: '/settings/:section',
    // One of them is everybody's own account.
    needs: 'getMe',
    load: () => import('../settings/SettingsPage.svelte'),
    withoutSite: true,
  },
]

/** The route of an address, with what its path names; undefined when it is none of ours. */
export function routeOf(path: string): { route: StaffRoute; params: Record<string, string> } | undefined {
  for (const route of ROUTES) {
    const params = match(route.path, path)
    if (params !== undefined) return { route, params }
  }
  return undefined
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = segments(pattern)
  const given = segments(path)
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return params
}

const segments = (path: string): string[] => path.split('/').filter((part) => part !== '')
