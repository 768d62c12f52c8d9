import type { OcppProtocol } from '../domain/status.ts'
import { validators as validators16 } from './generated/validators-1.6.js'
import { validators as validators201 } from './generated/validators-2.0.1.js'
import { validators as validators21 } from './generated/validators-2.1.js'

/** What Ajv says of the first thing that is wrong. */
export interface SchemaError {
  /** JSON pointer to the value, `''` for the payload itself. */
  instancePath: string
  keyword: string
  params: Record<string, unknown>
  message?: string
}

export interface Validator {
  (value: unknown): boolean
  errors?: SchemaError[] | null
}

/** The checks of one action; a message that is never answered has no response. */
export interface MessageValidators {
  request?: Validator
  response?: Validator
}

const TABLES: Record<OcppProtocol, Readonly<Record<string, MessageValidators>>> = {
  'ocpp1.6': validators16,
  'ocpp2.0.1': validators201,
  'ocpp2.1': validators21,
}

/** The official schemas' checks of an action, or undefined when this version has no such action. */
export function messageValidators(protocol: OcppProtocol, action: string): MessageValidators | undefined {
  const table = TABLES[protocol]
  return Object.hasOwn(table, action) ? table[action] : undefined
}

/** The first violation, or undefined when the value fits. */
export function firstViolation(validator: Validator, value: unknown): SchemaError | undefined {
  if (validator(value)) return undefined
  return validator.errors?.[0] ?? { instancePath: '', keyword: 'unknown', params: {} }
}

export function violationText(violation: SchemaError): string {
  return `${violation.instancePath === '' ? 'payload' : violation.instancePath} ${violation.message ?? violation.keyword}`
}
