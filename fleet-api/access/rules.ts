import { ROLES, type Role } from '../../domain/role.ts'

/**
 * Who may call an operation: everybody (`'public'`), or the roles listed. `drivers` says how little of the answer a driver gets: only
 * the own vehicle, or of others only free or busy. `audit: 'none'` is for readings that machines send all the time, which are data and
 * not changes.
 */
export type Rule =
  | 'public'
  | readonly Role[]
  | { roles: readonly Role[] | 'public'; drivers?: 'ownVehicle' | 'freeOrBusy'; audit?: 'none' }

/** People and their keys. */
const ADMIN = ['admin'] as const
/** Whoever runs the depot. */
const DEPOT = ['admin', 'manager'] as const
/** Whoever answers for energy and its price. */
const ENERGY = ['admin', 'manager', 'energy'] as const
/** Everybody who sees the whole depot. */
const READERS = ['admin', 'manager', 'energy', 'viewer'] as const
const ALL = ROLES

/** Every operation of the API by its operationId: the one table of who may do what. An operation that is not here is closed to all. */
export const RULES = {
  // Other systems that are told what happens
  listWebhooks: ADMIN,
  getWebhook: ADMIN,
  addWebhook: ADMIN,
  changeWebhook: ADMIN,
  removeWebhook: ADMIN,
  listWebhookDeliveries: ADMIN,
  retryWebhookDeliveries: ADMIN,
  testWebhook: ADMIN,

  // The installation itself
  getInfo: 'public',
  getHealth: 'public',
  getReadiness: 'public',
  getMetrics: READERS,
  signIn: 'public',
  signOut: 'public',
  getMe: 'public',
  acceptLink: 'public',
  openDriverLink: 'public',
  listUsers: ADMIN,
  inviteUser: ADMIN,
  changeUser: ADMIN,
  renewInvitation: ADMIN,
  removeUser: ADMIN,
  listKeys: ADMIN,
  makeKey: ADMIN,
  removeKey: ADMIN,
  listDriverLinks: DEPOT,
  makeDriverLink: DEPOT,
  revokeDriverLink: DEPOT,
  listAudit: ADMIN,

  // Depot
  listSites: READERS,
  getSite: READERS,
  changeSite: DEPOT,
  listSitePower: READERS,
  listBays: ALL,
  listStations: { roles: ALL, drivers: 'freeOrBusy' },
  getStation: { roles: ALL, drivers: 'freeOrBusy' },
  changeStation: DEPOT,
  setOutOfOrder: DEPOT,
  listStationMessages: DEPOT,
  addStation: DEPOT,
  setStationPassword: DEPOT,
  changeEvse: DEPOT,
  listConnectionAttempts: DEPOT,
  getStationProfiles: READERS,
  listStationVariables: DEPOT,
  sendCommand: DEPOT,
  callStation: DEPOT,
  listTokens: DEPOT,
  putToken: DEPOT,
  listAlerts: READERS,
  snoozeAlert: DEPOT,
  // Whoever stands before it may say that it is broken; what others have said is the depot's.
  reportFault: ALL,
  putFaultPhoto: ALL,
  listFaultReports: READERS,
  getFaultReport: READERS,
  getFaultPhoto: READERS,
  settleFault: DEPOT,

  // Files that people hand in
  listImports: DEPOT,
  addImport: DEPOT,
  getImport: DEPOT,
  applyImport: DEPOT,
  undoImport: DEPOT,
  removeImport: DEPOT,

  // Vehicles and their work
  listVehicles: { roles: ALL, drivers: 'ownVehicle' },
  listVehicleTypes: READERS,
  changeVehicleType: DEPOT,
  getVehicle: { roles: ALL, drivers: 'ownVehicle' },
  changeVehicle: DEPOT,
  listVehicleSoc: { roles: ALL, drivers: 'ownVehicle' },
  getVehicleBattery: { roles: ALL, drivers: 'ownVehicle' },
  postTelemetry: { roles: DEPOT, audit: 'none' },
  putPassengerCounts: ENERGY,
  listBlocks: { roles: ALL, drivers: 'ownVehicle' },
  assignBlock: DEPOT,
  getBlockPath: { roles: ALL },
  listLines: 'public',

  // Stops and arrivals: for everybody
  listStops: 'public',
  getStop: 'public',
  listStopArrivals: 'public',
  streamStopArrivals: 'public',
  getStopMonitoring: 'public',
  listFeeds: 'public',
  getFeedFile: 'public',
  putFeedAttribution: DEPOT,
  getRealtimeVehiclePositions: 'public',
  getRealtimeVehiclePositionsJson: 'public',
  getRealtimeTripUpdates: 'public',
  getRealtimeTripUpdatesJson: 'public',
  getRealtimeAlerts: 'public',
  getRealtimeAlertsJson: 'public',

  // Charging
  getCurrentPlan: READERS,
  listPlans: READERS,
  getPlan: READERS,
  getPlanActual: READERS,
  listPlanDays: READERS,
  getPlanDay: READERS,
  replan: DEPOT,
  previewPlan: { roles: DEPOT, audit: 'none' },
  listWishes: READERS,
  changeWish: DEPOT,
  takeBackWish: DEPOT,
  listSessions: { roles: ALL, drivers: 'ownVehicle' },
  getSession: { roles: ALL, drivers: 'ownVehicle' },
  listSessionSamples: READERS,
  streamEvents: { roles: ALL, drivers: 'freeOrBusy' },

  // Energy and money
  listPrices: READERS,
  putPrices: ENERGY,
  listTariffs: READERS,
  putTariff: ENERGY,
  deleteTariff: ENERGY,
  listCarbon: READERS,
  putCarbon: ENERGY,
  listCarbonFactors: READERS,
  putCarbonFactor: ENERGY,
  deleteCarbonFactor: ENERGY,
  listWeather: READERS,
  putWeather: ENERGY,
  listMarketFetches: READERS,
  getEnergyReport: READERS,
  getLoadReport: READERS,
  getConsumptionReport: READERS,
  getSavingsReport: READERS,
  getIndicatorReport: READERS,
  getSessionReport: READERS,
  listReportSchedules: ENERGY,
  addReportSchedule: ENERGY,
  getReportSchedule: ENERGY,
  changeReportSchedule: ENERGY,
  removeReportSchedule: ENERGY,
  listReportDeliveries: ENERGY,
  sendReportNow: ENERGY,

  // Places: everybody sees what is public, whoever is known sees all; sensors sign what they send
  listPlaces: 'public',
  getPlace: 'public',
  listPlaceReadings: 'public',
  getPlaceFile: 'public',
  getCityGlance: 'public',
  listSisterCities: 'public',
  reportOccupancy: { roles: 'public', audit: 'none' },
  reportPlaceReadings: { roles: 'public', audit: 'none' },
  putPlace: DEPOT,
  deletePlace: DEPOT,
  listPlaceSources: READERS,
  putPlaceSource: DEPOT,
  putPlaceSourceFile: DEPOT,
  deletePlaceSource: DEPOT,
  createPlaceKey: DEPOT,
  deletePlaceKeys: DEPOT,
  listAdHocTariffs: READERS,
  putAdHocTariff: ENERGY,
  deleteAdHocTariff: ENERGY,

  // OCPI: public locations and their prices are open, charges are not
  listOcpiVersions: 'public',
  getOcpiVersion: 'public',
  listOcpiLocations: 'public',
  getOcpiLocation: 'public',
  getOcpiEvse: 'public',
  getOcpiConnector: 'public',
  listOcpiTariffs: 'public',
  listOcpiSessions: ENERGY,
  listOcpiCdrs: ENERGY,
  putOcpiParty: DEPOT,
} as const satisfies Record<string, Rule>

/** The rule of an operation; undefined when there is none, and then nobody may. */
export function ruleOf(operationId: string): Rule | undefined {
  return Object.hasOwn(RULES, operationId) ? (RULES as Record<string, Rule>)[operationId] : undefined
}

/** The roles that may call an operation by this rule. */
export function rolesOf(rule: Rule): readonly Role[] | 'public' {
  return typeof rule === 'object' && 'roles' in rule ? rule.roles : rule
}

/** How little of the answer a driver gets; undefined: as much as others, if anything. */
export function driversOf(rule: Rule): 'ownVehicle' | 'freeOrBusy' | undefined {
  return typeof rule === 'object' && 'roles' in rule ? rule.drivers : undefined
}

/** Whether calls of this operation are kept in the audit log when they change something. */
export function isAudited(rule: Rule): boolean {
  return !(typeof rule === 'object' && 'audit' in rule && rule.audit === 'none')
}
