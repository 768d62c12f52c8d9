/** One page of the product, as a reader of the demo would open it. */
export interface DemoPage {
  /** In file names and test titles. */
  name: string
  path: string
  /** Stands in the page once it shows what it is for. */
  ready: string
  /** Comes last: a picture is worth taking from then on. */
  drawn?: string
  /** For a phone in one hand first of all. */
  phoneFirst?: boolean
}

/** Every page of the product, on the demo of Blagoevgrad. */
export const PAGES: readonly DemoPage[] = [
  { name: 'depot', path: '/', ready: '[data-vehicle]' },
  { name: 'plan', path: '/plan', ready: 'main h1' },
  { name: 'plan-history', path: '/plan/history', ready: '[data-night]' },
  { name: 'vehicles', path: '/vehicles', ready: 'main h1' },
  { name: 'vehicle', path: '/vehicles/bus-1', ready: 'main h1', drawn: 'canvas' },
  { name: 'chargers', path: '/chargers', ready: 'main h1' },
  { name: 'charger', path: '/chargers/CP-1', ready: 'main h1', drawn: 'canvas' },
  { name: 'charger-new', path: '/chargers/new', ready: 'main h1' },
  { name: 'energy', path: '/energy', ready: 'main h1', drawn: '#load canvas' },
  { name: 'settings-site', path: '/settings/site', ready: '.section h2' },
  { name: 'settings-tariffs', path: '/settings/tariffs', ready: '.section h2' },
  { name: 'settings-carbon', path: '/settings/carbon', ready: '[data-factor]' },
  { name: 'settings-vehicle-types', path: '/settings/vehicle-types', ready: '.section h2' },
  { name: 'settings-import', path: '/settings/import', ready: '.section h2' },
  { name: 'settings-feeds', path: '/settings/feeds', ready: '.section h2' },
  { name: 'settings-people', path: '/settings/people', ready: '.section h2' },
  { name: 'settings-keys', path: '/settings/keys', ready: '.section h2' },
  { name: 'settings-webhooks', path: '/settings/webhooks', ready: '.section h2' },
  { name: 'settings-audit', path: '/settings/audit', ready: '.section h2' },
  { name: 'settings-faults', path: '/settings/faults', ready: 'main h1' },
  { name: 'settings-qr', path: '/settings/qr', ready: 'main h1' },
  { name: 'driver', path: '/driver?bus=bus-1', ready: 'main h1', phoneFirst: true },
  { name: 'stops', path: '/stops', ready: 'main h1' },
  { name: 'map', path: '/map', ready: '.leaflet-marker-icon' },
  { name: 'city', path: '/city', ready: '[data-city]' },
]
