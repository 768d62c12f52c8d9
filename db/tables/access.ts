import type { Generated } from 'kysely'
import type { Json } from '../../domain/command.ts'
import type { Role } from '../../domain/role.ts'
import type { Jsonb } from '../columns.ts'

/** Tables of who may do what, and who changed what (migration 0002). Those of better-auth that only it reads are left out. */
export interface AccessTables {
  auth_user: AuthUserTable
  auth_session: AuthSessionTable
  auth_account: AuthAccountTable
  auth_api_key: AuthApiKeyTable
  auth_link: AuthLinkTable
  auth_verification: AuthVerificationTable
  auth_rate_limit: AuthRateLimitTable
  auth_attempt: AuthAttemptTable
  audit_log: AuditLogTable
}

export interface AuthUserTable {
  id: string
  name: string
  email: string
  email_verified: Generated<boolean>
  image: string | null
  role: Generated<Role>
  /** null: every site. */
  site_id: string | null
  /** The vehicle that a driver drives. */
  vehicle_id: string | null
  disabled: Generated<boolean>
  created_at: Date
  updated_at: Date
}

export interface AuthSessionTable {
  id: string
  user_id: string
  token: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Date
  updated_at: Date
}

export interface AuthAccountTable {
  id: string
  user_id: string
  account_id: string
  provider_id: string
  password: string | null
  created_at: Date
  updated_at: Date
}

export interface AuthApiKeyTable {
  id: string
  /** The user that it was made by, and lives no longer than; or `installation`. */
  reference_id: string
  name: string | null
  /** The first characters, to recognise it by. */
  start: string | null
  key: string
  /** JSON text: `{"role": ["manager"]}`. */
  permissions: string | null
  enabled: Generated<boolean>
  last_request: Date | null
  expires_at: Date | null
  created_at: Date
}

export interface AuthLinkTable {
  token_hash: string
  kind: 'setup' | 'invite'
  user_id: string | null
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface AuthVerificationTable {
  id: string
  expires_at: Date
}

export interface AuthRateLimitTable {
  id: string
  /** Milliseconds since 1970. */
  last_request: number
}

export interface AuthAttemptTable {
  /** What is guarded: an account, or an address. */
  key: string
  failures: number
  since: Date
  locked_until: Date | null
}

export interface AuditLogTable {
  id: Generated<number>
  at: Date
  actor_kind: string
  actor_id: string | null
  actor_name: string | null
  action: string
  subject_kind: string | null
  subject_id: string | null
  before: Jsonb<Json>
  after: Jsonb<Json>
  request_id: string | null
  address: string | null
}
