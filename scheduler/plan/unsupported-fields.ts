import type { PlanInstance } from './instance.ts'

/** The instance is well-formed but asks for something that this version cannot plan; `fields` names each place. */
export class UnsupportedInstanceError extends Error {
  override readonly name = 'UnsupportedInstanceError'
  readonly fields: readonly string[]

  constructor(fields: readonly string[]) {
    super(`not supported yet: ${fields.join('; ')}`)
    this.fields = fields
  }
}

/** The fields of `instance` that the format names but this version does not plan yet, as paths with a reason. A zero that asks for nothing is fine. */
export function unsupportedFields(instance: PlanInstance): string[] {
  const fields: string[] = []
  if (instance.feedInEurPerKwh !== undefined) fields.push('feedInEurPerKwh (selling energy)')
  if (instance.storage !== undefined && instance.storage.length > 0) fields.push('storage (stationary batteries)')
  if (instance.pv !== undefined && instance.pv.length > 0) fields.push('pv (photovoltaic generation)')
  instance.points.forEach((point, p) => {
    if ((point.minKw ?? 0) > 0) fields.push(`points[${p}].minKw (minimum power)`)
    if (point.group !== undefined) fields.push(`points[${p}].group (shared cabinets)`)
  })
  instance.vehicles.forEach((vehicle, v) => {
    vehicle.visits.forEach((visit, k) => {
      const path = `vehicles[${v}].visits[${k}]`
      if (visit.point === null) fields.push(`${path}.point null (choice of the point)`)
      if (visit.precondition !== undefined && visit.precondition.kw > 0 && visit.precondition.minutes > 0)
        fields.push(`${path}.precondition (heating or cooling before departure)`)
    })
  })
  return fields
}
