import { m } from '../parts/messages.ts'

export const ROLES = ['admin', 'manager', 'driver', 'energy', 'viewer'] as const
export type Role = (typeof ROLES)[number]

export const roleWord: Record<Role, () => string> = {
  admin: m.settings_role_admin,
  manager: m.settings_role_manager,
  driver: m.settings_role_driver,
  energy: m.settings_role_energy,
  viewer: m.settings_role_viewer,
}
