/** What a person, a key or a link may be; who may do what stands in `fleet-api/access/rules.ts`. */
export const ROLES = ['admin', 'manager', 'driver', 'energy', 'viewer'] as const
export type Role = (typeof ROLES)[number]
