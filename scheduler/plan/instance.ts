import { crossReferenceProblems } from './cross-references.ts'
import { planInstanceFields } from './instance-fields.ts'

export type { PlanInstance, PlanVehicle } from './instance-fields.ts'

/** A planning instance: everything that decides a charging plan, and nothing else. The file format of `npm run plan -- instance.json`. */
export const planInstance = planInstanceFields.superRefine((instance, context) => {
  for (const problem of crossReferenceProblems(instance)) context.addIssue({ code: 'custom', ...problem })
})
