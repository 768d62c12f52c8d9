import type { components } from '../generated/api.d.ts'

type Schemas = components['schemas']

export type Info = Schemas['Info']
export type Me = Schemas['Me']
export type Site = Schemas['Site']
export type Station = Schemas['Station']
export type Evse = Schemas['Evse']
export type Vehicle = Schemas['Vehicle']
export type Session = Schemas['Session']
export type Alert = Schemas['Alert']
export type AlertAction = Schemas['AlertAction']
export type Block = Schemas['Block']
export type Plan = Schemas['Plan']
export type LiveChanges = Schemas['LiveChanges']
export type Arrival = Schemas['Arrival']
export type StopBoard = Schemas['StopBoard']
export type FoundStop = Schemas['FoundStop']
